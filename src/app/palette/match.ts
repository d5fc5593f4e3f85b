/** Something that is found by its name, and by other words for it. */
export interface Findable {
  readonly label: string;
  readonly also?: string;
}

const START = 3;
const WORD_START = 2;
const INSIDE = 1;
const ELSEWHERE = 0.5;

/** How well one word fits a text: at its start, at the start of a word, anywhere. */
function fit(text: string, word: string): number {
  const at = text.indexOf(word);
  if (at < 0) return 0;
  if (at === 0) return START;
  return /[\p{L}\p{N}]/u.test(text.charAt(at - 1)) && !/\p{Script=Han}/u.test(word) ? INSIDE : WORD_START;
}

/** How well a name fits what is typed; null where one of the words is nowhere. */
export function fitOf({ label, also = "" }: Findable, typed: string): number | null {
  const words = typed.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const name = label.toLocaleLowerCase();
  const others = also.toLocaleLowerCase();
  let sum = 0;
  for (const word of words) {
    const best = fit(name, word) || (others.includes(word) ? ELSEWHERE : 0);
    if (best === 0) return null;
    sum += best;
  }
  return sum;
}

/** What fits, best first and otherwise as it came, at most `limit`. */
export function rankFitting<T extends Findable>(
  all: readonly T[],
  typed: string,
  limit: number,
): readonly T[] {
  return all
    .flatMap((one) => {
      const fits = fitOf(one, typed);
      return fits === null ? [] : [{ one, fits }];
    })
    .toSorted((a, b) => b.fits - a.fits)
    .slice(0, limit)
    .map(({ one }) => one);
}
