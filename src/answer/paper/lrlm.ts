import { keepLastTokens } from "../keep-last-tokens.ts";
import { chunkText, RECENT_TOKENS, type TextTemplate } from "../template.ts";

/**
 * Earlier chunks, each with the chunk that follows it, in document order and without any separator before the text at
 * the cursor. Chunks that overlap or adjoin are not merged.
 *
 * Source: FlagEmbedding 7ed43d67, research/llm_embedder/src/lm/modeling_srlm.py, `_get_retrieved_chunks`.
 */
export const lrlm: TextTemplate<"lrlm"> = {
  count: 8,
  budgetTokens: 4096,
  order: "document",
  itemText: chunkText,
  frame: (items, { chunk }, { recent, countTokens }) =>
    items.join("") + keepLastTokens(recent ?? chunk, RECENT_TOKENS, countTokens),
};
