import type { TextTemplate } from "../template.ts";

/** Specifications as they were put in, a line each, best first. The original only ranks tools and has no prompt. */
export const tool: TextTemplate<"tool"> = {
  count: 5,
  budgetTokens: 2048,
  order: "best-first",
  itemText: ({ passage: { text, record } }) => JSON.stringify(record.kind === "tool" ? record.spec : text),
  frame(items, { request }) {
    const asked = `Request: ${request.trim()}`;
    return items.length === 0 ? asked : `Tools that may help, as JSON:\n[${items.join(",\n")}]\n\n${asked}`;
  },
};
