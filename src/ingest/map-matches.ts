/** Matches between two places for other work: under a millisecond. */
const MATCHES = 256;

/** What is made of each match of a pattern; other work goes on between them. */
export async function mapMatches<T>(
  text: string,
  pattern: RegExp,
  breathe: (() => Promise<void>) | undefined,
  make: (match: RegExpExecArray) => T,
): Promise<T[]> {
  const made: T[] = [];
  for (const match of text.matchAll(pattern)) {
    made.push(make(match));
    if (made.length % MATCHES === 0) await breathe?.();
  }
  return made;
}
