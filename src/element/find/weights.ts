import { SextantError } from "../../contract/index.ts";

/** What counts how much; each is a share of the sum of the four. */
export interface Weights {
  readonly keywords: number;
  readonly meaning: number;
  /** Words of the question that stand in a page's title. */
  readonly title: number;
  /** The same of the best heading among the parts that were found. */
  readonly heading: number;
  /** How Pagefind weighs words among themselves; what is not named stays as Pagefind has it. */
  readonly pagefind: PagefindRanking;
}

/** Source: pagefind.app/docs/ranking, of version 1.6. */
export interface PagefindRanking {
  readonly termFrequency?: number;
  readonly termSimilarity?: number;
  readonly termSaturation?: number;
  readonly pageLength?: number;
  readonly metaWeights?: { readonly title?: number };
}

export const EVEN: Weights = { keywords: 0.5, meaning: 0.5, title: 0, heading: 0, pagefind: {} };

const SHARES = ["keywords", "meaning", "title", "heading"] as const;
const RANKING: readonly string[] = ["termFrequency", "termSimilarity", "termSaturation", "pageLength"];

/**
 * Reads the JSON of an element's `weights`: what it does not name is as in `EVEN`.
 *
 * Throws: `engine/invalid-input` for anything that is no weight.
 */
export function parseWeights(text: string): Weights {
  const refuse = (what: string): never => {
    throw new SextantError(
      "engine/invalid-input",
      `The weights of the search cannot be read: ${what}. Copy them from the playground.`,
    );
  };
  const objectOf = (value: unknown, name: string): object =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? value
      : refuse(`${name} is no object`);
  const checked = (owner: object, known: readonly string[]): void => {
    for (const [key, value] of Object.entries(owner) as [string, unknown][]) {
      if (!known.includes(key)) refuse(`“${key}” is not known`);
      if (typeof value === "object" && value !== null) continue;
      if (typeof value !== "number" || !Number.isFinite(value) || value < 0)
        refuse(`“${key}” is not a number from 0 up`);
    }
  };
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    refuse("they are no JSON");
  }
  const weights = objectOf(parsed, "the whole") as Partial<Weights>;
  checked(weights, [...SHARES, "pagefind"]);
  const pagefind = objectOf(weights.pagefind ?? {}, "“pagefind”") as PagefindRanking;
  checked(pagefind, [...RANKING, "metaWeights"]);
  checked(objectOf(pagefind.metaWeights ?? {}, "“metaWeights”"), ["title"]);
  const whole = { ...EVEN, ...weights, pagefind };
  for (const key of SHARES) if (typeof whole[key] !== "number") refuse(`“${key}” is not a number from 0 up`);
  if (SHARES.every((key) => whole[key] === 0)) refuse("all of them are 0");
  return whole;
}

/** The JSON that says how weights differ from `EVEN`; null where they do not. */
export function formatWeights(weights: Weights): string | null {
  const changed = SHARES.filter((key) => weights[key] !== EVEN[key]).map((key) => [key, weights[key]]);
  const { metaWeights, ...terms } = weights.pagefind;
  const pagefind = { ...terms, ...(metaWeights?.title !== undefined && { metaWeights }) };
  const parts = { ...Object.fromEntries(changed), ...(Object.keys(pagefind).length > 0 && { pagefind }) };
  return Object.keys(parts).length > 0 ? JSON.stringify(parts) : null;
}
