import { functionOf } from "../function-of.ts";
import type { MessageTemplate } from "../template.ts";

const CALL = [
  "Call the one function that does what is asked, or several if it takes several.",
  "Take the arguments from the request; leave out what it does not say.",
  "If no function fits, say so and call none.",
].join(" ");

/** The request alone; the found tools go beside it as functions, for models that can call them. */
export const tool: MessageTemplate<"tool"> = {
  count: 5,
  budgetTokens: 4096,
  order: "best-first",
  messages: (_, { request }) => [
    { role: "system", content: CALL },
    { role: "user", content: request.trim() },
  ],
  functions(found) {
    const taken = new Map<string, number>();
    return found.flatMap(({ passage: { record } }) => {
      if (record.kind !== "tool") return [];
      const spec = functionOf(record);
      const before = taken.get(spec.name) ?? 0;
      taken.set(spec.name, before + 1);
      return [before === 0 ? spec : { ...spec, name: `${spec.name.slice(0, 60)}_${before + 1}` }];
    });
  },
};
