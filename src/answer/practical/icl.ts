import type { ChatMessage } from "../../contract/index.ts";
import type { MessageTemplate } from "../template.ts";

const SOLVE =
  "Solve the last task as the tasks before it were solved: in the same form, and without anything around the solution.";

/** Each example as a question that was asked and answered, the best one last and next to the new input. */
export const icl: MessageTemplate<"icl"> = {
  count: 8,
  budgetTokens: 4096,
  order: "best-last",
  messages(found, { input }) {
    const solved = found.flatMap(({ passage: { text, record } }): ChatMessage[] =>
      record.kind === "example"
        ? [
            { role: "user", content: record.input },
            { role: "assistant", content: record.output },
          ]
        : [{ role: "user", content: text }],
    );
    return [
      ...(solved.length === 0 ? [] : [{ role: "system", content: SOLVE } as const]),
      ...solved,
      { role: "user", content: input },
    ];
  },
};
