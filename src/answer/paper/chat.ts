import { exchangeText, type TextTemplate } from "../template.ts";

/**
 * Past exchanges in the order they were said, then the new utterance. Three go in rather than the original's one:
 * its measure was the likelihood of a known reply, while a person's question often rests on several memories.
 *
 * Source: FlagEmbedding 7ed43d67, research/llm_embedder/src/lm/modeling_srlm.py, `forward_with_history_retrieval`;
 * it ends in `Speaker 2: ` with the reply after it, here the model goes on after the colon.
 */
export const chat: TextTemplate<"chat"> = {
  count: 3,
  budgetTokens: 2048,
  order: "document",
  itemText: exchangeText,
  frame: (items, { utterance }) => [...items, `Speaker 1: ${utterance}`, "Speaker 2:"].join("\n"),
};
