import type { Kind } from "./tasks.ts";

/** What a collection of one kind takes, for a file dialogue and the sentence beside it. */
export interface Accepted {
  /** Lower case, with the dot. A test in ingest compares them with what is read. */
  readonly extensions: readonly string[];
  /** Names the forms, after "What fits here:". */
  readonly hint: string;
}

export const ACCEPTED: Readonly<Record<Kind, Accepted>> = {
  document: {
    extensions: [
      ".md",
      ".markdown",
      ".mdown",
      ".mdx",
      ".html",
      ".htm",
      ".xhtml",
      ".txt",
      ".text",
      ".log",
      ".rst",
    ],
    hint: "Plain text, Markdown, MDX or HTML",
  },
  exchange: {
    extensions: [".json", ".jsonl", ".ndjson", ".txt", ".text", ".md", ".markdown", ".log"],
    hint: "A transcript with names and colons, messages as JSON, or an export of ChatGPT, Claude, WhatsApp, Slack or Telegram",
  },
  chunk: { extensions: [".txt", ".text", ".md", ".markdown"], hint: "One long plain text" },
  example: {
    extensions: [".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".txt"],
    hint: "CSV, TSV, JSON Lines or a JSON array with an input and an output each",
  },
  tool: {
    extensions: [".yaml", ".yml", ".json", ".jsonl", ".ndjson"],
    hint: "OpenAI functions, Anthropic tools, an MCP tools/list result, an OpenAPI description, or lines of BFCL, Gorilla or ToolBench",
  },
};
