import type { TextTemplate } from "../template.ts";

/**
 * Solved examples, the best one last and next to the new input; runs of spaces are one space.
 *
 * Source: FlagEmbedding 7ed43d67, research/llm_embedder/evaluation/icl_utils.py `_llm_generation_func` and
 * eval_icl.py. Where the budget is short it keeps the front of the reversed list, so loses the best examples; here
 * the worst ones go.
 */
export const icl: TextTemplate<"icl"> = {
  count: 8,
  budgetTokens: 1024,
  order: "best-last",
  itemText: ({ passage: { text, record } }) =>
    oneSpace(record.kind === "example" ? `${record.input}\n${record.output}` : text),
  frame: (items, { input }) => `${[...items, oneSpace(input)].join("\n")}\n`,
};

function oneSpace(text: string): string {
  return text.replace(/ {2,}/g, " ");
}
