/** A piece of text that is marked, or not. */
export interface Marked {
  readonly text: string;
  readonly marked: boolean;
}

const ENTITIES: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  amp: "&",
  quot: '"',
  apos: "'",
  "#39": "'",
};

/** Pagefind's excerpts: text with entities in which `<mark>` stands around what was found. Nothing else becomes markup. */
export function parseMarked(excerpt: string): Marked[] {
  return excerpt
    .split(/<mark>(.*?)<\/mark>/gsu)
    .map((text, i) => ({ text: decode(text), marked: i % 2 === 1 }))
    .filter(({ text }) => text !== "");
}

function decode(text: string): string {
  return text.replace(/&(#39|[a-z]+);/g, (whole, name: string) => ENTITIES[name] ?? whole);
}

const EXCERPT_UTF16 = 180;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/** The part of a passage with the most of the question's words, those words marked. */
export function excerptOf(text: string, question: string): Marked[] {
  const wanted = wordsOf(question);
  const places = [...text.matchAll(WORD)].filter(([word]) => isWanted(word, wanted));
  let start = 0;
  let most = 0;
  for (const { index } of places) {
    const inside = places.filter((other) => other.index >= index && other.index < index + EXCERPT_UTF16);
    const distinct = new Set(inside.map(([word]) => word.toLowerCase())).size;
    if (distinct > most) {
      most = distinct;
      start = index;
    }
  }
  const from = beginningBefore(text, Math.max(0, start - 40));
  const to = text.length <= from + EXCERPT_UTF16 ? text.length : endBefore(text, from + EXCERPT_UTF16);
  const pieces: Marked[] = [];
  let at = from;
  if (from > 0) pieces.push({ text: "… ", marked: false });
  for (const { 0: word, index } of places) {
    if (index < at || index + word.length > to) continue;
    if (index > at) pieces.push({ text: text.slice(at, index), marked: false });
    pieces.push({ text: word, marked: true });
    at = index + word.length;
  }
  if (at < to) pieces.push({ text: text.slice(at, to), marked: false });
  if (to < text.length) pieces.push({ text: " …", marked: false });
  return pieces;
}

function wordsOf(question: string): Set<string> {
  return new Set((question.toLowerCase().match(WORD) ?? []).filter((word) => word.length > 2));
}

/** Which share of a question's words, 0 to 1, stands in a title. */
export function shareOfWords(title: string, question: string): number {
  const wanted = wordsOf(question);
  const own: readonly string[] = title.match(WORD) ?? [];
  const found = [...wanted].filter((one) => own.some((word) => isWanted(word, new Set([one]))));
  return wanted.size === 0 ? 0 : found.length / wanted.size;
}

/** A word that was asked for, or shares a long beginning with one. */
function isWanted(word: string, wanted: ReadonlySet<string>): boolean {
  const lower = word.toLowerCase();
  if (wanted.has(lower)) return true;
  return (
    lower.length > 5 && [...wanted].some((one) => one.length > 5 && one.slice(0, 5) === lower.slice(0, 5))
  );
}

function beginningBefore(text: string, place: number): number {
  const space = text.lastIndexOf(" ", place);
  return space < 0 ? 0 : space + 1;
}

function endBefore(text: string, place: number): number {
  const space = text.lastIndexOf(" ", place);
  return space > 0 ? space : place;
}
