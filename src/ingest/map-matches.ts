/** Between two places for other work: under a millisecond. */
const AT_ONCE = 256;

/** What is made of each match of a pattern; other work goes on between them. */
export function mapMatches<T>(
  text: string,
  pattern: RegExp,
  breathe: (() => Promise<void>) | undefined,
  make: (match: RegExpExecArray) => T,
): Promise<T[]> {
  return mapEach(text.matchAll(pattern), breathe, make);
}

/** What is made of each that is found; other work goes on between them. */
export async function mapEach<F, T>(
  found: Iterable<F>,
  breathe: (() => Promise<void>) | undefined,
  make: (one: F) => T,
): Promise<T[]> {
  const made: T[] = [];
  for (const one of found) {
    made.push(make(one));
    if (made.length % AT_ONCE === 0) await breathe?.();
  }
  return made;
}
