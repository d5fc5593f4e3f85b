import { mapMatches } from "../../map-matches.ts";
import { readMoment } from "./moment.ts";
import { isRole } from "./roles.ts";

/** Signs that stand before what is said, in the scripts that have one of their own. */
const COLON = "[:：﹕︓꞉፡፦᠄]";
const NAME = "\\p{L}[\\p{L}\\p{M}\\p{N} ._'’()-]{0,39}?";
/** Left-to-right and right-to-left marks, which exports put in front. */
const MARKS = "[\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]*";
const DAY =
  "(?<day>\\d{4}-\\d\\d-\\d\\d)[T ](?<time>\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d+)?)?)(?<zone>Z|[+-]\\d\\d:?\\d\\d)?";
const CLOCK = "\\[?\\d{1,2}:\\d\\d(?::\\d\\d)?\\]?[ \\t]+(?:-[ \\t]+)?";

/** `[2024-05-01 10:32] **Ann Lee:** Hello`: the time and the bold marks are optional. */
const SPOKEN = new RegExp(
  `^[ \\t]*${MARKS}(?:\\[${DAY}\\][ \\t]*|${DAY.replaceAll("?<", "?<bare")}[ \\t]+|${CLOCK})?` +
    `(?:[*_]{2})?(?<name>${NAME})(?:[*_]{2})?[ \\t]*${COLON}(?:[*_]{2})?(?!//)[ \\t]*`,
  "gmu",
);

/** `## User` or `**Assistant**` on a line of its own; only names of sides count there. */
const HEADED =
  /^(?:#{1,6}[ \t]+|(?=\*\*))[^\p{L}\n]{0,12}(\p{L}[\p{L}\p{M}\p{N} ]{0,30}?)[^\p{L}\p{N}\n]{0,12}$\n?/gmu;

/** A heading with nothing but blanks up to the turn that begins at the end of the text looked at. */
const TITLE = /^#{1,6}[ \t]+(.*\S)[ \t]*\r?\n\s*(?![^])/m;
const TITLE_REACH = 400;

/** Where a turn begins. */
export interface Label {
  readonly speaker: string;
  /** The label itself is [start, end); `from` includes a title before it. */
  readonly from: number;
  readonly start: number;
  readonly end: number;
  /** ISO 8601, as `readMoment` gives it. */
  readonly at?: string;
  /** Of the conversation that begins here. */
  readonly title?: string;
}

/**
 * Finds the turns of a transcript. Any line may begin with words and a colon, so only the names of sides count where
 * two of them talk, else names that return, else the first two.
 */
export async function findLabels(text: string, breathe?: () => Promise<void>): Promise<Label[]> {
  const headed = await headedLabels(text, breathe);
  const isHeaded = new Set(headed.map(({ speaker }) => speaker)).size >= 2;
  const candidates = isHeaded ? headed : await spokenLabels(text, breathe);
  const counts = new Map<string, number>();
  for (const { speaker } of candidates) counts.set(speaker, (counts.get(speaker) ?? 0) + 1);
  const names = [...counts.keys()];
  const roles = names.filter(isRole);
  const returning = names.filter((speaker) => (counts.get(speaker) ?? 0) > 1);
  const accepted = new Set([roles, returning].find(({ length }) => length >= 2) ?? names.slice(0, 2));
  const labels = candidates.filter(({ speaker }) => accepted.has(speaker));
  const titled: Label[] = [];
  for (const [i, label] of labels.entries()) {
    titled.push(withTitle(text, label, labels[i - 1]?.end ?? 0));
    if (i % 256 === 0) await breathe?.();
  }
  return titled;
}

function spokenLabels(text: string, breathe?: () => Promise<void>): Promise<Label[]> {
  return mapMatches(text, SPOKEN, breathe, ({ 0: whole, index, groups = {} }): Label => {
    const { name = "", day = groups["bareday"], time = groups["baretime"] } = groups;
    const zone = groups["zone"] ?? groups["barezone"] ?? "";
    const at = day === undefined ? null : readMoment(`${day}T${time ?? ""}${zone}`);
    const label = { speaker: name.trim(), from: index, start: index, end: index + whole.length };
    return at === null ? label : { ...label, at };
  });
}

async function headedLabels(text: string, breathe?: () => Promise<void>): Promise<Label[]> {
  const found = await mapMatches(text, HEADED, breathe, ({ 0: whole, index, 1: name = "" }): Label => {
    return { speaker: name.trim(), from: index, start: index, end: index + whole.length };
  });
  return found.filter(({ speaker }) => isRole(speaker));
}

function withTitle(text: string, label: Label, previousEnd: number): Label {
  const after = Math.max(previousEnd, label.start - TITLE_REACH);
  const found = TITLE.exec(text.slice(after, label.start));
  return found === null ? label : { ...label, from: after + found.index, title: found[1] ?? "" };
}
