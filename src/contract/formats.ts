import type { Kind } from "./tasks.ts";

/** What a collection of one kind takes, for a file dialogue and the sentence beside it. */
export interface Accepted {
  /** Lower case, with the dot. A test in ingest compares them with what is read. */
  readonly extensions: readonly string[];
  /** Names the forms, after "What fits here:". */
  readonly hint: string;
}

const CODE = (
  ".js .mjs .cjs .jsx .ts .mts .cts .tsx .vue .svelte .astro .css .scss .sass .less .graphql .proto " +
  ".py .pyi .rb .php .java .kt .kts .scala .groovy .gradle .go .rs .zig .c .h .cc .cpp .cxx .hpp .hh .cs .fs .vb " +
  ".swift .m .mm .dart .lua .pl .pm .r .jl .ex .exs .erl .hs .ml .clj .cljs .el .lisp .scm .nim .f90 " +
  ".sh .bash .zsh .fish .ps1 .bat .sql .tex .bib .cmake .tf .toml .ini .cfg .conf .xml .yaml .yml"
).split(" ");
const MARKDOWN = [".md", ".markdown", ".mdown", ".mdx"];
const HTML = [".html", ".htm", ".xhtml"];
const TEXT = [".txt", ".text"];
const JSON_LINES = [".json", ".jsonl", ".ndjson"];
const TABLES = [".csv", ".tsv", ".xlsx"];

export const ACCEPTED: Readonly<Record<Kind, Accepted>> = {
  document: {
    extensions: [
      ".pdf",
      ".docx",
      ".epub",
      ...TEXT,
      ".log",
      ".rst",
      ...MARKDOWN,
      ...HTML,
      ".ipynb",
      ".zip",
      ...TABLES,
      ...JSON_LINES,
      ...CODE,
    ],
    hint: "PDF, Word, EPUB, Markdown, HTML, plain text, notebooks, tables, JSON or source code",
  },
  exchange: {
    extensions: [...JSON_LINES, ...TEXT, ".md", ".markdown", ".log", ".docx", ".zip"],
    hint: "A transcript with names and colons, messages as JSON, or an export of ChatGPT, Claude, WhatsApp, Slack or Telegram",
  },
  chunk: {
    extensions: [...TEXT, ".md", ".markdown", ".pdf", ".docx", ".epub", ".zip"],
    hint: "One long text: plain, Markdown, PDF, Word or EPUB",
  },
  example: {
    extensions: [...JSON_LINES, ...TABLES, ".txt", ".md", ".zip"],
    hint: "CSV, TSV, Excel, JSON Lines or a JSON array with an input and an output each, or prompts with “Question:” and “Answer:”",
  },
  tool: {
    extensions: [...JSON_LINES, ".yaml", ".yml", ".zip"],
    hint: "OpenAI functions, Anthropic tools, an MCP tools/list result, an OpenAPI description, or lines of BFCL, Gorilla or ToolBench",
  },
};

/**
 * Whose tokens a chunk of a long text has 128 of: those of the model that embeds it, or of a language model that will
 * continue it (`cl100k_base` is GPT-4's, `o200k_base` GPT-4o's and its successors').
 */
export const CHUNK_TOKENIZERS = ["model", "cl100k_base", "o200k_base"] as const;
export type ChunkTokenizer = (typeof CHUNK_TOKENIZERS)[number];

/** How to read a file where the guess would be wrong. Kept with the source, so that it is cut the same way again. */
export interface ImportOptions {
  /** The column, or member, that holds an example's input; and the one with its output. */
  readonly input?: string;
  readonly output?: string;
  /** What parts the cells of a table; guessed where none is given. */
  readonly delimiter?: string;
  /** Default is `model`. */
  readonly tokenizer?: ChunkTokenizer;
}

/** Columns of a table of examples: all that there are, and those that were read. */
export interface ReadColumns {
  readonly names: readonly string[];
  readonly input: string;
  readonly output: string;
  /** Both were known by their names or given; else a person should confirm them. */
  readonly isSure: boolean;
}
