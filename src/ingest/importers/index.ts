import type { Importer } from "../importer.ts";
import { chatJson } from "./chat-json.ts";
import { exampleJson, exampleJsonLines } from "./example-json.ts";
import { exampleTable } from "./example-table.ts";
import { html } from "./html.ts";
import { longText } from "./long-text.ts";
import { markdown } from "./markdown.ts";
import { plainText } from "./plain-text.ts";
import { toolSpecs } from "./tool-specs.ts";
import { transcript } from "./transcript.ts";

/** Every importer; within a kind the first whose sniff agrees reads the file, so the most general comes last. */
export const IMPORTERS: readonly Importer[] = [
  markdown,
  html,
  plainText,
  chatJson,
  transcript,
  longText,
  exampleJson,
  exampleJsonLines,
  exampleTable,
  toolSpecs,
];
