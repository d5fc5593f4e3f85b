import type { Importer } from "../importer.ts";
import { chatJson } from "./chats/chat-json.ts";
import { exampleJson } from "./examples/example-json.ts";
import { examplePrompts } from "./examples/example-prompts.ts";
import { exampleTable } from "./examples/example-table.ts";
import { extractedText } from "./documents/extracted-text.ts";
import { html } from "./documents/html.ts";
import { longText } from "./chunks/long-text.ts";
import { jsonDocuments } from "./documents/json-documents.ts";
import { markdown } from "./documents/markdown.ts";
import { plainText } from "./documents/plain-text.ts";
import { sourceCode } from "./documents/source-code.ts";
import { tableRows } from "./documents/table-rows.ts";
import { openApi } from "./tools/openapi.ts";
import { toolSpecs } from "./tools/tool-specs.ts";
import { transcript } from "./chats/transcript.ts";
import { whatsapp } from "./chats/whatsapp.ts";

/** Every importer; within a kind the first whose sniff agrees reads the file, so the most general comes last. */
export const IMPORTERS: readonly Importer[] = [
  markdown,
  html,
  sourceCode,
  tableRows,
  jsonDocuments,
  extractedText,
  plainText,
  chatJson,
  whatsapp,
  transcript,
  longText,
  exampleJson,
  examplePrompts,
  exampleTable,
  openApi,
  toolSpecs,
];
