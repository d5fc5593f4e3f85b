import type { ToolParameter } from "../../../contract/index.ts";

/** A parameter and the words of a request that seem to give its value. */
export interface Given {
  readonly name: string;
  readonly words: string;
}

const DATE =
  /\b(\d{4}-\d{2}-\d{2}|today|tomorrow|tonight|yesterday|(?:next|this|last) (?:week|month|year|weekend)|(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b/i;
const MAIL = /[\w.+-]+@[\w-]+\.[\w.]+/;
const ADDRESS = /https?:\/\/\S+/;
const MONEY = /\b[A-Z]{3}\b|[€$£¥]/;
const NUMBER = /\d+(?:[.,]\d+)?/;
const PLACE = /\b(?:in|to|from|at|near|for) ((?:\p{Lu}[\p{L}'-]+)(?: \p{Lu}[\p{L}'-]+)*)/u;
const QUOTED = /[“"‘']([^”"’']{2,})[”"’']/;

/** What a parameter of such a name looks like in a request. */
const SHAPES: readonly (readonly [name: RegExp, value: RegExp])[] = [
  [/mail/i, MAIL],
  [/url|link|website/i, ADDRESS],
  [/date|day|when|month|year|time/i, DATE],
  [/currency/i, MONEY],
  [/city|place|location|country|origin|destination|address|town|region|airport/i, PLACE],
  [/title|name|query|text|message|subject|keyword/i, QUOTED],
];

/** Words that say nothing about a parameter. */
const EMPTY = new Set(
  "the and for that this with which from optional required value string number boolean integer list your you are will should must when where what into its has have can used use not all any one".split(
    " ",
  ),
);

/**
 * Which of a tool's parameters a request seems to give, and with which of its words: a value of the name's shape (a date, a
 * place, an address…), one of the values that the description quotes, a number for a number, or the name's own word.
 *
 * Knowingly approximate: it reads words, not meaning. A model decides in the end.
 */
export function givenParameters(request: string, parameters: readonly ToolParameter[]): readonly Given[] {
  return parameters.flatMap((parameter) => {
    const words = wordsFor(request, parameter);
    return words === null ? [] : [{ name: parameter.name, words }];
  });
}

function wordsFor(request: string, { name, type, description }: ToolParameter): string | null {
  for (const [, option] of description.matchAll(/["'“‘`]([^"'”’`\s]{2,})["'”’`]/gu))
    if (option && hasWord(request, option)) return option;
  for (const option of /e\.g\.,? ([^)]*)/.exec(description)?.[1]?.split(/,\s*/) ?? [])
    if (option.trim() !== "" && hasWord(request, option.trim())) return option.trim();
  for (const [named, value] of SHAPES) {
    const found = named.test(name) ? value.exec(request) : null;
    if (found) return found[1] ?? found[0];
  }
  const about = [...partsOf(name), ...partsOf(description)].filter(
    (word) => word.length > 3 && !EMPTY.has(word),
  );
  const said = partsOf(request).filter((word) => about.some((one) => isOfOneStem(one, word)));
  if (/int|num|float|double/i.test(type)) {
    const number = NUMBER.exec(request);
    return number && said.length > 0 ? number[0] : null;
  }
  const own = said.find((word) => partsOf(name).some((one) => one.length > 3 && isOfOneStem(one, word)));
  return own ?? null;
}

function hasWord(request: string, word: string): boolean {
  return partsOf(request).includes(word.toLowerCase());
}

/** `departureCity`, `departure_city` and “departure city” are the same two words. */
function partsOf(text: string): readonly string[] {
  return (
    text
      .replaceAll(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

function isOfOneStem(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short.length > 3 && long.startsWith(short.slice(0, Math.max(4, short.length - 1)));
}
