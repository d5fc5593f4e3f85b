import { readXml } from "./xml.ts";

/** What a cell's number stands for: itself, a day with or without a time, or a span of time. */
export type NumberStyle = "number" | "time" | "span";

/**
 * Formats that no workbook spells out and that show a number as a time.
 *
 * Source: ECMA-376-1, 18.8.30: 14 to 22 and 45 to 47 everywhere; 27 to 36 and 50 to 58 in Chinese, Japanese and Korean,
 * 71 to 81 in Thai workbooks.
 */
const TIMES = [[14, 22], [27, 36], [45, 47], [50, 58], [71, 81]] as const; // prettier-ignore
/** `[h]:mm:ss` */
const SPAN = 46;

/** What in a format is shown as it stands. */
const LITERAL = /"[^"]*"|[\\_*]./g;

/** How each style of a workbook's cells shows numbers. */
export function readNumberStyles(xml: string): NumberStyle[] {
  const formats = new Map<number, NumberStyle>();
  for (const [from, to] of TIMES) for (let id: number = from; id <= to; id++) formats.set(id, "time");
  formats.set(SPAN, "span");
  const styles: NumberStyle[] = [];
  let isInCells = false;
  readXml(xml, {
    open(name, { numFmtId = "0", formatCode = "" }) {
      const format = Number(numFmtId);
      if (name === "numFmt") formats.set(format, styleOf(formatCode.replace(LITERAL, "")));
      if (name === "cellXfs") isInCells = true;
      if (name === "xf" && isInCells) styles.push(formats.get(format) ?? "number");
    },
    close(name) {
      if (name === "cellXfs") isInCells = false;
    },
  });
  return styles;
}

function styleOf(format: string): NumberStyle {
  if (/\[(?:h+|m+|s+)\]/i.test(format)) return "span";
  return /[dmyhs]/i.test(format.replace(/\[[^\]]*\]/g, "")) ? "time" : "number";
}

/**
 * A number as people see it: `2024-05-01`, `2024-05-01T13:30:00`, `13:30:00` without a day, hours over 24 as a span.
 * What Excel itself cannot show as a time stays a number.
 */
export function shownTime(value: string, style: NumberStyle, isFrom1904: boolean): string {
  const days = Number(value);
  const seconds = Math.round(days * 86_400);
  if (style === "number" || !(seconds >= 0)) return value;
  if (style === "span" || seconds < 86_400) return clock(seconds);
  const time = new Date((firstDay(days, isFrom1904) + seconds) * 1000);
  if (Number.isNaN(time.getTime())) return value;
  return time
    .toISOString()
    .replace(/T00:00:00\.000Z$/, "")
    .replace(/\.000Z$/, "");
}

/** Seconds since 1970 of the day 0, moved for Excel's 29th of February 1900, which was none. */
function firstDay(days: number, isFrom1904: boolean): number {
  if (isFrom1904) return Date.UTC(1904, 0, 1) / 1000;
  return Date.UTC(1899, 11, days < 60 ? 31 : 30) / 1000;
}

function clock(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}
