import { SextantError } from "../../../contract/index.ts";
import { headOf, type Importer } from "../../importer.ts";
import { mapMatches } from "../../map-matches.ts";
import { pairTurns, type Turn } from "./exchanges.ts";
import { readMoment } from "./moment.ts";

/** `[31/12/2023, 22:15:03] Ann: …` (iOS) or `12/31/23, 10:15 PM - Ann: …` (Android); the name is missing in events. */
const LINE =
  /^[\u200e\u200f]*\[?(\d{1,4})[./-](\d{1,2})[./-](\d{1,4}),?\s(\d{1,2})[:.](\d\d)(?:[:.](\d\d))?(?:[\s\u202f]*([ap])\.?\s?m\.?)?(?:\][ \t]*|[ \t]+[-–][ \t]+)[\u200e\u200f]*(?:([^:\n]{1,60}): ?)?/gimu;

/** What the app says in a person's place: iOS puts a mark before it, Android brackets around it. */
const OMITTED = /^(?:\u200e|<[^<>\n]*>$)/;

/** How a transcript writes the time. */
const OUR_TIME = /^\[\d{4}-\d\d-\d\d[T ]\d\d:\d\d/;

interface Stamp {
  readonly speaker: string | null;
  readonly start: number;
  readonly end: number;
  readonly parts: readonly (string | undefined)[];
}

/** A chat as WhatsApp exports it. Events and attachments without words are left out. */
export const whatsapp = {
  id: "whatsapp",
  version: 1,
  kind: "exchange",
  extensions: [".txt"],
  sniff: (source) => !OUR_TIME.test(headOf(source)) && headOf(source).search(LINE) === 0,
  async parse({ name, text }, tools) {
    const stamps = await mapMatches(text, LINE, tools.breathe, (match): Stamp => ({
      speaker: match[8]?.trim() ?? null,
      start: match.index,
      end: match.index + match[0].length,
      parts: match.slice(1, 8),
    }));
    const isMonthFirst = monthComesFirst(stamps);
    const turns: Turn[] = [];
    for (const [i, { speaker, start, end, parts }] of stamps.entries()) {
      const said = text.slice(end, stamps[i + 1]?.start ?? text.length).trimEnd();
      if (speaker !== null && said.trim() !== "" && !OMITTED.test(said))
        turns.push({
          speaker,
          text: said,
          span: [start, end + said.length],
          ...timeOf(parts, isMonthFirst),
        });
      await tools.breathe?.();
    }
    if (turns.length === 0)
      throw new SextantError(
        "ingest/no-records",
        `No messages were found in ${name}. Export the chat from WhatsApp again, without media.`,
      );
    const leftOut = stamps.length - turns.length;
    return {
      drafts: await pairTurns(turns, "", tools.breathe),
      skipped: [],
      remarks: leftOut === 0 ? [] : [`Events and messages without words were left out: ${leftOut}.`],
    };
  },
} satisfies Importer;

/** Exports write dates as the phone does. Only a day over 12 tells; a clock of twelve hours speaks for the month. */
function monthComesFirst(stamps: readonly Stamp[]): boolean {
  const isOver = (place: number): boolean => stamps.some(({ parts }) => Number(parts[place]) > 12);
  if (isOver(0)) return false;
  return isOver(1) || (stamps[0]?.parts[6] ?? "") !== "";
}

function timeOf(
  [a = "", b = "", c = "", hour = "", minute = "", second = "00", half = ""]: Stamp["parts"],
  isMonthFirst: boolean,
): Pick<Turn, "at"> {
  const [year, month, day] = a.length === 4 ? [a, b, c] : isMonthFirst ? [c, a, b] : [c, b, a];
  const full = year.length === 2 ? `20${year}` : year;
  const hours = half === "" ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase() === "p" ? 12 : 0);
  const two = (value: string | number): string => String(value).padStart(2, "0");
  const at = readMoment(`${full}-${two(month)}-${two(day)}T${two(hours)}:${minute}:${second}`);
  return at === null ? {} : { at };
}
