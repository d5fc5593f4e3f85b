import type { ChatMessage } from "../../contract/index.ts";
import type { MessageTemplate } from "../template.ts";
import { CITE, withSources } from "./cite.ts";

/** The conversation as the messages that it was, and the sources with its last question. */
export const convsearch: MessageTemplate<"convsearch"> = {
  count: 6,
  budgetTokens: 4096,
  order: "best-first",
  messages(found, { turns, question }) {
    const said = turns.map((content, i): ChatMessage => ({
      role: i % 2 === 0 ? "user" : "assistant",
      content,
    }));
    const passages = found.map(({ passage }) => passage);
    return [
      { role: "system", content: CITE },
      ...said.filter(({ content }) => content.trim() !== ""),
      { role: "user", content: withSources(passages, `Question: ${question.trim()}`) },
    ];
  },
};
