import type { Collection, Exactness, Fusion, SearchResult } from "../../contract/index.ts";
import { formatCount, formatNoun } from "../parts/format.ts";
import type { Narrowing, RefineState } from "../state/refine.ts";
import type { QueryState } from "../state/query.ts";
import { DEFAULT_VIEW } from "../state/url.ts";

export const EXACTNESS_WORDS = {
  exact: "Exact: every vector is compared, and the nearest are proved to be the nearest",
  fast: "Fast: short codes pick the likely ones, which are compared in full. Quicker in large collections; where it finds too few of the nearest on your own questions, exact takes its place",
} as const satisfies Record<Exactness, string>;

export const FUSION_WORDS = {
  convex: "Weighed scores: half meaning, half words",
  "reciprocal-rank": "Ranks only: 1 / (60 + rank)",
} as const satisfies Record<Fusion, string>;

/** What the last search did, and why not as asked; null where no vectors were compared. */
export function exactnessUsed({ exactness }: Pick<SearchResult, "exactness">): string | null {
  if (exactness === null) return null;
  const { used, why } = exactness;
  switch (why) {
    case "asked":
      return `last search: ${used}`;
    case "small":
      return "last search: exact, which is as quick for so few passages";
    case "inexact":
      return "last search: exact, for fast missed too many of the nearest here";
    default:
      return why satisfies never;
  }
}

/** Why collections were answered by words alone; null when none was. */
export function wordsOnlyIn(
  { wordsOnly }: Pick<SearchResult, "wordsOnly">,
  collections: readonly Collection[],
  modelName: string,
): string | null {
  if (wordsOnly.length === 0) return null;
  const nameById = new Map(collections.map(({ id, name }) => [id, name]));
  const named = wordsOnly.map(
    ({ collectionId, language }) => `${nameById.get(collectionId) ?? "a collection"} (${language})`,
  );
  return `By words alone: ${named.join(", ")}. ${modelName} does not list that language.`;
}

/** How far a search could look while vectors are still being read; null when it looked at all. */
export function reachOf({
  notLoaded,
  candidates,
}: Pick<SearchResult, "notLoaded" | "candidates">): string | null {
  if (notLoaded === 0) return null;
  const seen = candidates?.count ?? 0;
  return `Searched the first ${formatCount(seen)} of ${formatNoun(seen + notLoaded, "passage")}; the others are still being read.`;
}

/** `from 2026-01-31`, `2026-01-31 to 2026-02-28`; null without any bound. */
function daysOf(fromDay: string, untilDay: string): string | null {
  if (fromDay === "" && untilDay === "") return null;
  if (untilDay === "") return `from ${fromDay}`;
  return fromDay === "" ? `up to ${untilDay}` : `${fromDay} to ${untilDay}`;
}

/** What is not as usual, in a few words each. */
export function refinementsOf(
  { exactness, fewerDuplicates }: Pick<RefineState, "exactness" | "fewerDuplicates">,
  { fusion }: Pick<QueryState, "fusion">,
  { alsoIn, sourceIds, tags, fromDay, untilDay }: Narrowing,
): readonly string[] {
  return [
    alsoIn.length === 0 ? null : formatNoun(alsoIn.length + 1, "collection"),
    sourceIds.length === 0 ? null : `${formatNoun(sourceIds.length, "source")} only`,
    tags.length === 0 ? null : `tagged ${tags.join(" or ")}`,
    daysOf(fromDay, untilDay),
    exactness === "exact" ? null : exactness,
    fusion === DEFAULT_VIEW.spec.fusion ? null : "ranks only",
    fewerDuplicates ? "fewer near-duplicates" : null,
  ].filter((note) => note !== null);
}
