import { keepLastTokens } from "../keep-last-tokens.ts";
import { chunkText, RECENT_TOKENS, type MessageTemplate } from "../template.ts";
import { quote } from "./quote.ts";

const GO_ON = [
  "Continue the text from exactly where it ends, in its own voice, tense and language.",
  "Earlier parts of the same text come with it, so that names, facts and style stay the same.",
  "Write the continuation only.",
].join(" ");

/** Earlier parts apart from the text at the cursor: a chat model would otherwise take them for one text. */
export const lrlm: MessageTemplate<"lrlm"> = {
  count: 8,
  budgetTokens: 6144,
  order: "document",
  messages(found, { chunk }, { recent, countTokens }) {
    const earlier = found.map((one, i) => quote("earlier", chunkText(one), { id: i + 1 }));
    const text = quote("text", keepLastTokens(recent ?? chunk, RECENT_TOKENS, countTokens));
    return [
      { role: "system", content: GO_ON },
      { role: "user", content: [...earlier, text].join("\n\n") },
    ];
  },
};
