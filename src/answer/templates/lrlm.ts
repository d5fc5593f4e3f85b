import { keepLastTokens } from "../keep-last-tokens.ts";
import type { PromptTemplate } from "../template.ts";

/** Source: window of the original, half of its 4,096 tokens; the other half is for eight chunks and what follows each. */
const RECENT_TOKENS = 2048;

/**
 * Earlier chunks, each with the chunk that follows it, in document order and without any separator before the text at
 * the cursor. Chunks that overlap or adjoin are not merged.
 *
 * Source: FlagEmbedding 7ed43d67, research/llm_embedder/src/lm/modeling_srlm.py, `_get_retrieved_chunks`.
 */
export const lrlm: PromptTemplate<"lrlm"> = {
  count: 8,
  budgetTokens: 4096,
  order: "document",
  itemText: ({ passage, continuation }) => passage.text + (continuation?.text ?? ""),
  frame: (items, { chunk }, { recent, countTokens }) =>
    items.join("") + keepLastTokens(recent ?? chunk, RECENT_TOKENS, countTokens),
};
