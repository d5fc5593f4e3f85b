import { documentText, type TextTemplate } from "../template.ts";

/**
 * Knowledge before a question, best first.
 *
 * Source: FlagEmbedding 7ed43d67, research/llm_embedder/evaluation/eval_popqa.py, without its few-shot lines.
 */
export const qa: TextTemplate<"qa"> = {
  count: 3,
  budgetTokens: 2048,
  order: "best-first",
  itemText: documentText,
  frame(items, { question }) {
    const asked = `Q: ${question.trim()} A:`;
    return items.length === 0 ? asked : `Knowledge: ${items.join("\n")}\n\n${asked}`;
  },
};
