import { format } from "../words/en/format.ts";
import type { Language } from "../words/language.ts";
import { languageNow, wordsOf } from "../words/words.ts";

/** What can be counted in words. */
export type Noun = keyof typeof format.nouns;

const numbers = new Map<Language, Intl.NumberFormat>();
const dates = new Map<Language, Intl.DateTimeFormat>();

/** One formatter a language, made when it is first asked for. */
function ofLanguage<T>(made: Map<Language, T>, make: (language: Language) => T): T {
  const language = languageNow();
  const one = made.get(language) ?? make(language);
  made.set(language, one);
  return one;
}

/** `1,234`. */
export function formatCount(count: number): string {
  return ofLanguage(numbers, (language) => new Intl.NumberFormat(language)).format(count);
}

/** `1 passage`, `2,000 passages`. */
export function formatNoun(count: number, noun: Noun): string {
  const { one, many } = wordsOf("format", format).nouns[noun];
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** `640 bytes`, `12.4 MB`: decimal units, as the browser's own storage page shows them. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return wordsOf("format", format).bytes(String(bytes));
  const units = ["kB", "MB", "GB", "TB"] as const;
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/** `less than a second`, `40 s`, `3 min`, `2 h 05 min`. */
export function formatSeconds(seconds: number): string {
  const words = wordsOf("format", format);
  if (seconds < 1) return words.lessThanASecond;
  if (seconds < 90) return words.seconds(String(Math.round(seconds)));
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return words.minutes(String(minutes));
  return words.hours(String(Math.floor(minutes / 60)), String(minutes % 60).padStart(2, "0"));
}

/** `12.3 ms` below a hundred, whole above. */
export function formatMs(ms: number): string {
  return wordsOf("format", format).milliseconds(String(ms < 100 ? ms.toFixed(1) : Math.round(ms)));
}

export function formatDate(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return ofLanguage(dates, (language) => new Intl.DateTimeFormat(language, { dateStyle: "medium" })).format(
    date,
  );
}

/** `0.9998`: cut off rather than rounded up, so that only what is equal reads `1.0000`. */
export function formatCosine(cosine: number): string {
  return (Math.trunc(cosine * 10_000) / 10_000).toFixed(4);
}

/** `+0.42`, `−0.10`: a share of a score, with a true minus sign. */
export function formatShare(share: number): string {
  return `${share < 0 ? "−" : "+"}${Math.abs(share).toFixed(2)}`;
}

/** `71 %`; near either end with a digit more, and never rounded to all or nothing. */
export function formatPercent(part: number): string {
  const percent = 100 * Math.min(1, Math.max(0, part));
  const isNearEnd = (percent > 0 && percent < 1) || (percent > 99 && percent < 100);
  const shown = isNearEnd ? Math.min(99.9, Math.max(0.1, percent)).toFixed(1) : percent.toFixed(0);
  return `${shown} %`;
}
