import type { PassageDraft } from "../../../contract/index.ts";
import type { Span } from "../../importer.ts";

/** One message of a conversation. */
export interface Turn {
  readonly speaker: string;
  readonly text: string;
  readonly span: Span;
  /** ISO 8601. */
  readonly at?: string;
}

/** Who opens an exchange; everyone else answers. */
const OPENERS = new Set(["user", "human", "you", "me", "customer", "speaker 1", "用户", "用戶"]);
const ANSWERERS = new Set([
  "assistant",
  "ai",
  "bot",
  "chatgpt",
  "claude",
  "gemini",
  "model",
  "agent",
  "speaker 2",
  "助手",
]);

/** Whether a name is one that transcripts give to a side rather than to a person. */
export function isRole(speaker: string): boolean {
  return OPENERS.has(speaker.toLowerCase()) || ANSWERERS.has(speaker.toLowerCase());
}

/**
 * Pairs the turns of one conversation: what the first speaker says, with everything said in answer. Turns of one
 * speaker in a row are one; a side that stays silent is empty. In a group the answerers keep their names.
 */
export function pairTurns(turns: readonly Turn[], title: string): PassageDraft[] {
  const spoken = turns.filter(({ text }) => text.trim() !== "");
  const names = new Set(spoken.map(({ speaker }) => speaker));
  const opener = openerOf(names);
  const exchanges: { said: Turn[]; answered: Turn[] }[] = [];
  for (const turn of spoken) {
    const current = exchanges.at(-1);
    if (turn.speaker !== opener) {
      if (current === undefined) exchanges.push({ said: [], answered: [turn] });
      else current.answered.push(turn);
    } else if (current === undefined || current.answered.length > 0)
      exchanges.push({ said: [turn], answered: [] });
    else current.said.push(turn);
  }
  return exchanges.map(({ said, answered }) => toDraft(said, answered, names.size > 2, title));
}

function openerOf(names: ReadonlySet<string>): string {
  const [first = "", second = ""] = names;
  const named = [...names].find((name) => OPENERS.has(name.toLowerCase()));
  return named ?? (ANSWERERS.has(first.toLowerCase()) ? second : first);
}

function toDraft(
  said: readonly Turn[],
  answered: readonly Turn[],
  isGroup: boolean,
  title: string,
): PassageDraft {
  const turns = [...said, ...answered];
  const speaker1 = said.map(({ text }) => text.trim()).join("\n");
  const speaker2 = answered
    .map(({ speaker, text }, i) =>
      isGroup && speaker !== answered[i - 1]?.speaker ? `${speaker}: ${text.trim()}` : text.trim(),
    )
    .join("\n");
  const at = turns.find((turn) => turn.at !== undefined)?.at;
  return {
    title,
    text: [speaker1, speaker2].filter((side) => side !== "").join("\n"),
    startUtf16: turns.reduce((least, { span }) => Math.min(least, span[0]), Infinity),
    endUtf16: turns.reduce((most, { span }) => Math.max(most, span[1]), 0),
    record: { kind: "exchange", speaker1, speaker2, ...(at === undefined ? {} : { at }) },
  };
}
