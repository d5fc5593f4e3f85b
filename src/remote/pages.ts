import { SextantError } from "../contract/index.ts";

export interface Page {
  readonly limit: number;
  readonly offset: number;
}

/**
 * Reads a list page by page until one is not full, each with the names in it that are new.
 *
 * Throws: `remote/miscount` for a full page of nothing new: a server that passes over the offset would be read for ever.
 */
export async function* pages<T>(
  size: number,
  read: (page: Page) => Promise<T>,
  namesOf: (found: T) => readonly string[],
): AsyncGenerator<{ readonly found: T; readonly fresh: readonly string[] }> {
  const seen = new Set<string>();
  for (let offset = 0; ; offset += size) {
    const found = await read({ limit: size, offset });
    const names = namesOf(found);
    const fresh = [...new Set(names)].filter((one) => !seen.has(one));
    if (fresh.length === 0 && names.length >= size)
      throw new SextantError(
        "remote/miscount",
        "The server hands out the same list again and again. Look into its log, or update it: it ought to take an offset.",
        { offset },
      );
    for (const one of fresh) seen.add(one);
    yield { found, fresh };
    if (names.length < size) return;
  }
}
