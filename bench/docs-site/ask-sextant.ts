/** What the element loads and does, in a page of the site. */
import { createFinder, type Found } from "../../src/element/find/index.ts";

const LATER = 9;

/** From a finder that has read nothing: to the first list, to the last one, and the same question asked again. */
export async function firstBySextant(question: string) {
  const start = performance.now();
  const finder = createFinder({
    indexUrl: new URL("/sextant/", location.href),
    siteUrl: new URL("/", location.href),
    language: "en",
  });
  let firstMs = 0;
  const ask = (): Promise<Found> =>
    finder.find(question, new AbortController().signal, () => (firstMs ||= performance.now() - start));
  const { pages, by } = await ask();
  const ms = performance.now() - start;
  return {
    firstMs,
    ms,
    found: pages.length,
    by,
    /** Again and again, everything read: the median. */
    async later(): Promise<number> {
      const taken: number[] = [];
      for (let i = 0; i < LATER; i++) {
        const begun = performance.now();
        await ask();
        taken.push(performance.now() - begun);
      }
      return taken.sort((a, b) => a - b)[LATER >> 1] ?? 0;
    },
  };
}
