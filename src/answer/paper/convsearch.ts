import type { TextTemplate } from "../template.ts";

/**
 * Knowledge before a conversation that ends in a question, best first. All turns stay, joined by single spaces.
 *
 * Source: FlagEmbedding 7ed43d67, research/llm_embedder/evaluation/eval_qrecc.py.
 */
export const convsearch: TextTemplate<"convsearch"> = {
  count: 3,
  budgetTokens: 2048,
  order: "best-first",
  itemText: ({ passage }) => passage.text,
  frame(items, { turns, question }) {
    const said = [...turns.filter((turn) => turn.trim() !== ""), question].join(" ");
    const asked = `Context and Question: ${said.trim()}\nAnswer:`;
    return items.length === 0 ? asked : `Knowledge: ${items.join("\n")}\n\n${asked}`;
  },
};
