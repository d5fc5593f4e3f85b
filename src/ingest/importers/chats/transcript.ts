import { SextantError } from "../../../contract/index.ts";
import type { Importer, Span } from "../../importer.ts";
import { isRole, pairTurns, type Turn } from "./exchanges.ts";

/** `[2024-05-01 10:32] **Ann Lee:** Hello`: time and bold marks are optional, the colon may be full-width. */
const SPOKEN =
  /^[ \t]*(?:\[(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(Z|[+-]\d\d:?\d\d)?\][ \t]*)?(?:\*\*|__)?(\p{L}[\p{L}\p{N} ._'’-]{0,39}?)(?:\*\*|__)?[ \t]*[:：](?:\*\*|__)?(?!\/\/)[ \t]*/gmu;

interface Label {
  readonly speaker: string;
  readonly start: number;
  readonly end: number;
  readonly at?: string;
}

/** A conversation as text: each turn begins a line with a name and a colon, and may run over several lines. */
export const transcript: Importer = {
  id: "transcript",
  version: 1,
  kind: "exchange",
  extensions: [".txt", ".text", ".md", ".log"],
  sniff: () => true,
  parse({ name, text }) {
    const labels = speakerLabels(text);
    const [first] = labels;
    if (first === undefined)
      throw new SextantError(
        "ingest/no-records",
        `No turns were found in ${name}. Begin each turn on a line of its own with a name and a colon, such as "User:".`,
      );
    const turns = labels.map(({ speaker, start, end, at }, i): Turn => {
      const said = text.slice(end, labels[i + 1]?.start ?? text.length).trimEnd();
      return { speaker, text: said, span: [start, end + said.length], ...(at === undefined ? {} : { at }) };
    });
    const preface: Span = [0, first.start];
    const hasPreface = text.slice(...preface).trim() !== "";
    return {
      drafts: pairTurns(turns, ""),
      skipped: hasPreface ? [preface] : [],
      remarks: hasPreface ? ["What stands before the first turn was left out."] : [],
    };
  },
};

/**
 * Any line may begin with words and a colon. So only the names of sides count where two of them talk, else names
 * that return, else the first two.
 */
function speakerLabels(text: string): Label[] {
  const candidates = Array.from(text.matchAll(SPOKEN), (match): Label => {
    const [whole, date, time, zone = "", speaker = ""] = match;
    const at = date === undefined ? {} : { at: `${date}T${time}${zone}` };
    return { speaker: speaker.trim(), start: match.index, end: match.index + whole.length, ...at };
  });
  const counts = new Map<string, number>();
  for (const { speaker } of candidates) counts.set(speaker, (counts.get(speaker) ?? 0) + 1);
  const names = [...counts.keys()];
  const roles = names.filter(isRole);
  const returning = names.filter((speaker) => (counts.get(speaker) ?? 0) > 1);
  const accepted = [roles, returning].find(({ length }) => length >= 2) ?? names.slice(0, 2);
  return candidates.filter(({ speaker }) => accepted.includes(speaker));
}
