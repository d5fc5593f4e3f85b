import type { MessageTemplate } from "../template.ts";
import { CITE, withSources } from "./cite.ts";

/** Numbered sources and the question in one message, with the demand to cite before it. */
export const qa: MessageTemplate<"qa"> = {
  count: 6,
  budgetTokens: 4096,
  order: "best-first",
  messages: (found, { question }) => [
    { role: "system", content: CITE },
    {
      role: "user",
      content: withSources(
        found.map(({ passage }) => passage),
        `Question: ${question.trim()}`,
      ),
    },
  ],
};
