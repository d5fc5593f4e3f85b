import type { ChatMessage } from "../../contract/index.ts";
import type { MessageTemplate, RankedPassage } from "../template.ts";

const SOLVE =
  "Solve the last task as the tasks before it were solved: in the same form, and without anything around the solution.";

/** An example as a question that was asked and answered. */
export function exampleTurns({ passage: { text, record } }: RankedPassage): ChatMessage[] {
  return record.kind === "example"
    ? [
        { role: "user", content: record.input },
        { role: "assistant", content: record.output },
      ]
    : [{ role: "user", content: text }];
}

/** Each example as a question that was asked and answered, the best one last and next to the new input. */
export const icl: MessageTemplate<"icl"> = {
  count: 8,
  budgetTokens: 4096,
  order: "best-last",
  messages(found, { input }) {
    const solved = found.flatMap(exampleTurns);
    return [
      ...(solved.length === 0 ? [] : [{ role: "system", content: SOLVE } as const]),
      ...solved,
      { role: "user", content: input },
    ];
  },
};
