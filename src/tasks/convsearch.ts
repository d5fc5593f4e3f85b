import { titledText, type TaskDefinition } from "./task.ts";

/** [CLS] and [SEP]. */
const SPECIAL_TOKENS = 2;

/**
 * Search within a conversation: earlier turns, oldest first, then the question, joined by single spaces.
 *
 * `use` drops the oldest turns that do not fit. `paper` keeps them all: the tokenizer then cuts on the right, which
 * loses the question of a long conversation, as in the original. A passage's title goes in front of it as in `qa`;
 * the original's corpus has none, and without one both are the same (docs/decisions/0002-titles-in-conversations.md).
 */
export const convsearch: TaskDefinition<"convsearch"> = {
  id: "convsearch",
  kind: "document",
  label: "Conversation",
  instruction: {
    query: "Encode this query and context for searching relevant passages: ",
    key: "Encode this passage for retrieval: ",
  },
  keyText: titledText,
  queryText({ turns, question }, fit) {
    const said = turns.filter((turn) => turn.trim() !== "");
    let kept = said.length;
    if (fit.policy === "use") {
      let room =
        fit.limitTokens - SPECIAL_TOKENS - fit.countTokens(fit.instruction) - fit.countTokens(question);
      kept = 0;
      for (const turn of said.toReversed()) {
        room -= fit.countTokens(turn);
        if (room < 0) break;
        kept++;
      }
    }
    const text = [...said.slice(said.length - kept), question].join(" ");
    return { text, turnsKept: kept, turnsCut: said.length - kept };
  },
};
