import type { PassageDraft } from "../../../contract/index.ts";
import type { Span } from "../../importer.ts";
import { isAnswerer, isOpener } from "./roles.ts";

/** One message of a conversation. */
export interface Turn {
  readonly speaker: string;
  readonly text: string;
  readonly span: Span;
  /** ISO 8601, as `readMoment` gives it. */
  readonly at?: string;
}

interface Exchange {
  readonly said: Turn[];
  readonly answered: Turn[];
}

/**
 * Pairs the turns of one conversation: what one side says, with what is said in answer. Turns of one speaker in a row
 * are one; a side that stays silent is empty. In a group people keep their names.
 */
export async function pairTurns(
  turns: readonly Turn[],
  title: string,
  breathe?: () => Promise<void>,
): Promise<PassageDraft[]> {
  const spoken = turns.filter(({ text }) => text.trim() !== "");
  const names = new Set(spoken.map(({ speaker }) => speaker));
  const opener = openerOf(names);
  const isGroup = names.size > 2;
  const exchanges = opener === null ? pairInTurn(spoken) : pairByOpener(spoken, opener);
  const drafts: PassageDraft[] = [];
  for (const [place, exchange] of exchanges.entries()) {
    drafts.push(toDraft(exchange, place, isGroup, opener === null, title));
    await breathe?.();
  }
  return drafts;
}

/** Who opens every exchange; null in a group of people, where anybody may. */
function openerOf(names: ReadonlySet<string>): string | null {
  const [first = "", second = ""] = names;
  const named = [...names].find(isOpener);
  if (named !== undefined) return named;
  if (names.size > 2) return null;
  return isAnswerer(first) ? second : first;
}

function pairByOpener(spoken: readonly Turn[], opener: string): Exchange[] {
  const exchanges: Exchange[] = [];
  for (const turn of spoken) {
    const current = exchanges.at(-1);
    if (turn.speaker !== opener) {
      if (current === undefined) exchanges.push({ said: [], answered: [turn] });
      else current.answered.push(turn);
    } else if (current === undefined || current.answered.length > 0)
      exchanges.push({ said: [turn], answered: [] });
    else current.said.push(turn);
  }
  return exchanges;
}

/** What one says and what the next one answers; then whoever speaks opens anew. */
function pairInTurn(spoken: readonly Turn[]): Exchange[] {
  const exchanges: Exchange[] = [];
  for (const turn of spoken) {
    const current = exchanges.at(-1);
    const last = current?.answered.at(-1) ?? current?.said.at(-1);
    if (current === undefined || (current.answered.length > 0 && last?.speaker !== turn.speaker))
      exchanges.push({ said: [turn], answered: [] });
    else if (last?.speaker === turn.speaker)
      (current.answered.length > 0 ? current.answered : current.said).push(turn);
    else current.answered.push(turn);
  }
  return exchanges;
}

function toDraft(
  { said, answered }: Exchange,
  place: number,
  isGroup: boolean,
  anyoneOpens: boolean,
  title: string,
): PassageDraft {
  const turns = [...said, ...answered];
  const speaker1 = sideText(said, anyoneOpens);
  const speaker2 = sideText(answered, isGroup);
  const at = turns.find((turn) => turn.at !== undefined)?.at;
  return {
    title,
    text: exchangeText(speaker1, speaker2),
    startUtf16: turns.reduce((least, { span }) => Math.min(least, span[0]), Infinity),
    endUtf16: turns.reduce((most, { span }) => Math.max(most, span[1]), 0),
    record: { kind: "exchange", speaker1, speaker2, ...(at === undefined ? {} : { at }), place },
  };
}

export function exchangeText(speaker1: string, speaker2: string): string {
  return [speaker1, speaker2].filter((side) => side !== "").join("\n");
}

function sideText(turns: readonly Turn[], isNamed: boolean): string {
  return turns
    .map(({ speaker, text }, i) =>
      isNamed && speaker !== turns[i - 1]?.speaker ? `${speaker}: ${text.trim()}` : text.trim(),
    )
    .join("\n");
}
