import { CHUNK_TOKENIZERS, SextantError, type ChunkTokenizer } from "../../../contract/index.ts";
import type { IngestTools } from "../../importer.ts";

/**
 * Counts tokens as the named tokenizer does; a language model's tables are loaded when they are first asked for.
 *
 * Throws: `engine/invalid-input` for a name that is not known.
 */
export async function openCounter(name: ChunkTokenizer = "model", tools: IngestTools): Promise<IngestTools> {
  switch (name) {
    case "model":
      return tools;
    case "cl100k_base":
      return counterOf(await import("gpt-tokenizer/encoding/cl100k_base"));
    case "o200k_base":
      return counterOf(await import("gpt-tokenizer/encoding/o200k_base"));
    default:
      name satisfies never;
      throw new SextantError(
        "engine/invalid-input",
        `No tokenizer is called ${String(name)}. Choose one of ${CHUNK_TOKENIZERS.join(", ")}.`,
      );
  }
}

/** Text that looks like a control token is text here. */
function counterOf(library: {
  countTokens(text: string, options: { disallowedSpecial: Set<string> }): number;
}): IngestTools {
  return { countTokens: (text) => library.countTokens(text, { disallowedSpecial: new Set() }) };
}
