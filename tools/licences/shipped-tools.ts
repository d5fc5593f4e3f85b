/** Packages that are installed as tools, and leave something of their own in what is shipped. */
export const SHIPPED_TOOLS = ["assemblyscript", "chromadb", "rolldown", "vite"] as const;

/** Modules without a file, by how their name begins, and the tool that they are of. */
export const HELPERS = {
  "\0vite/": "vite",
  "\0rolldown/": "rolldown",
} as const satisfies Readonly<Record<string, (typeof SHIPPED_TOOLS)[number]>>;

/** Our modules whose bytes a tool made, with its own library in them. */
export const COMPILED = /\/(?:src|bench)\/(?:[^/]+\/)*[a-z]+-bytes\.ts$/;

/** What some packages bring inside their own files, where no bundler sees it. */
export const INSIDE: Readonly<Record<string, readonly string[]>> = {
  "@huggingface/transformers": ["@huggingface/jinja", "@huggingface/tokenizers"],
  jszip: ["pako", "lie", "immediate", "setimmediate"],
};
