type Range = readonly [start: number, end: number];

/** Of a passage that is not shown whole. */
const LENGTH = 400;

/** What is a little longer is not worth cutting. */
const WHOLE_UP_TO = 500;

/** How far from its wanted place an end may move to white space. */
const REACH = 24;

/** An end of a sentence with what stands between it and the next. */
const SENTENCE_END = /(?:[.!?]["'”’)]*\s+|[。！？]|\n\s*)(?=\S)/u;

/**
 * The part of a passage worth showing first: about 400 characters around the most different marked words, of equal ones
 * the first; the beginning where nothing is marked, all of it when it is short.
 *
 * Units: UTF-16 code units of `text`, end exclusive; `marks` as `markWords` gives them. No surrogate pair is cut.
 */
export function snippetOf(
  text: string,
  marks: readonly Range[],
): { readonly start: number; readonly end: number } {
  if (text.length <= WHOLE_UP_TO) return { start: 0, end: text.length };
  const [from, to] = bestGroup(text, marks);
  const lead = Math.max(0, Math.floor((LENGTH - (to - from)) / 3));
  const earliest = Math.min(from - lead, text.length - LENGTH);
  const start = startNear(text, earliest, Math.min(from, earliest + lead));
  const wanted = start + LENGTH;
  if (wanted >= text.length) return { start, end: text.length };
  return { start, end: Math.max(Math.min(to, wholeCharacter(text, wanted)), endNear(text, wanted)) };
}

/** From the first to the last of those marks, near one another, that hold the most different words. */
function bestGroup(text: string, marks: readonly Range[]): Range {
  const words = marks.map(([start, end]) => text.slice(start, end).toLowerCase());
  const counts = new Map<string, number>();
  let best: Range = [0, 0];
  let most = { words: 0, marks: 0 };
  let first = 0;
  for (const [last, [, end]] of marks.entries()) {
    const word = words[last] ?? "";
    counts.set(word, (counts.get(word) ?? 0) + 1);
    for (; first < last && end - (marks[first]?.[0] ?? 0) > LENGTH; first++) {
      const left = words[first] ?? "";
      const count = (counts.get(left) ?? 0) - 1;
      if (count === 0) counts.delete(left);
      else counts.set(left, count);
    }
    const now = { words: counts.size, marks: last - first + 1 };
    if (now.words < most.words || (now.words === most.words && now.marks <= most.marks)) continue;
    most = now;
    best = [marks[first]?.[0] ?? 0, end];
  }
  return best;
}

/** Where a sentence begins between `earliest` and `latest`, or else a word; at `earliest` where neither does. */
function startNear(text: string, earliest: number, latest: number): number {
  if (earliest <= 0) return 0;
  const before = text.slice(earliest, latest);
  const sentence = SENTENCE_END.exec(before + text.charAt(latest));
  if (sentence) return earliest + sentence.index + sentence[0].length;
  const space = before.slice(0, REACH).search(/\s/);
  return space < 0 ? wholeCharacter(text, earliest) : earliest + space + 1;
}

function endNear(text: string, wanted: number): number {
  const space = text.slice(wanted - REACH, wanted + 1).search(/\s\S*$/);
  return space < 0 ? wholeCharacter(text, wanted) : wanted - REACH + space;
}

/** Never between the two halves of a surrogate pair. */
function wholeCharacter(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}
