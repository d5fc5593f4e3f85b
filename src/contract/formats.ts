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
    extensions: [".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".txt", ".md"],
    hint: "CSV, TSV, JSON Lines or a JSON array with an input and an output each, or prompts with “Question:” and “Answer:”",
  },
  tool: {
    extensions: [".yaml", ".yml", ".json", ".jsonl", ".ndjson"],
    hint: "OpenAI functions, Anthropic tools, an MCP tools/list result, an OpenAPI description, or lines of BFCL, Gorilla or ToolBench",
  },
};

/** How to read a file where the guess would be wrong. Kept with the source, so that it is cut the same way again. */
export interface ImportOptions {
  /** The column, or member, that holds an example's input; and the one with its output. */
  readonly input?: string;
  readonly output?: string;
}

/** Columns of a table of examples: all that there are, and those that were read. */
export interface ReadColumns {
  readonly names: readonly string[];
  readonly input: string;
  readonly output: string;
  /** Both were known by their names or given; else a person should confirm them. */
  readonly isSure: boolean;
}
