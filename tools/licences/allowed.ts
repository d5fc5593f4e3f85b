/** Licences under which others' work may be shipped with an MIT program: permissive, or copyleft by file. */
export const ALLOWED: ReadonlySet<string> = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  // As old packages call either of the two.
  "BSD",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MIT-0",
  "MPL-2.0",
  "OFL-1.1",
  "Unicode-3.0",
  "Unicode-DFS-2016",
  "Unlicense",
  "Zlib",
]);

/** Whether an SPDX expression lets us choose allowed licences only: one side of each OR, both sides of each AND. */
export function isAllowed(expression: string): boolean {
  const text = expression.trim();
  if (text.startsWith("(") && isWrapped(text)) return isAllowed(text.slice(1, -1));
  for (const [word, holds] of [
    [" OR ", (parts: string[]) => parts.some(isAllowed)],
    [" AND ", (parts: string[]) => parts.every(isAllowed)],
  ] as const) {
    const parts = splitOutside(text, word);
    if (parts.length > 1) return holds(parts);
  }
  return ALLOWED.has(text);
}

/** Whether the first parenthesis is closed by the last. */
function isWrapped(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "(") depth++;
    if (text[at] === ")") depth--;
    if (depth === 0 && at < text.length - 1) return false;
  }
  return depth === 0;
}

/** Parts between a word that stands outside parentheses. */
function splitOutside(text: string, word: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "(") depth++;
    if (text[at] === ")") depth--;
    if (depth === 0 && text.startsWith(word, at)) {
      parts.push(text.slice(start, at));
      start = at + word.length;
    }
  }
  return [...parts, text.slice(start)];
}
