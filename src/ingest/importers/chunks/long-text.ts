import { cutFixedLength } from "../../chunkers/fixed-length.ts";
import type { Importer } from "../../importer.ts";
import { openCounter } from "./token-counter.ts";

/**
 * One long text, cut into chunks of 128 tokens that put together are the text again, so that each chunk's continuation
 * is the passage after it.
 *
 * Source: LLM-Embedder counts tokens of the language model; a tokenizer of one can be chosen.
 */
export const longText = {
  id: "long-text",
  version: 2,
  kind: "chunk",
  extensions: [".txt", ".text", ".md", ".markdown"],
  sniff: () => true,
  async parse({ text }, tools, options = {}) {
    const spans = await cutFixedLength(text, { ...tools, ...(await openCounter(options.tokenizer, tools)) });
    const drafts = spans.map(([startUtf16, endUtf16]) => ({
      title: "",
      text: text.slice(startUtf16, endUtf16),
      startUtf16,
      endUtf16,
      record: { kind: "chunk" } as const,
    }));
    return { drafts, skipped: [], remarks: [] };
  },
} satisfies Importer;
