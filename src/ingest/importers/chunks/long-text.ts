import { cutFixedLength } from "../../chunkers/fixed-length.ts";
import type { Importer } from "../../importer.ts";

/** One long text, cut into chunks that put together are the text again. */
export const longText = {
  id: "long-text",
  version: 1,
  kind: "chunk",
  extensions: [".txt", ".text", ".md", ".markdown"],
  sniff: () => true,
  parse({ text }, tools) {
    const drafts = cutFixedLength(text, tools).map(([startUtf16, endUtf16]) => ({
      title: "",
      text: text.slice(startUtf16, endUtf16),
      startUtf16,
      endUtf16,
      record: { kind: "chunk" } as const,
    }));
    return { drafts, skipped: [], remarks: [] };
  },
} satisfies Importer;
