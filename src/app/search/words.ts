import type { Collection, SearchResult } from "../../contract/index.ts";
import { formatCount, formatNoun } from "../parts/format.ts";
import type { Narrowing, RefineState } from "../state/refine.ts";
import type { QueryState } from "../state/query.ts";
import { DEFAULT_VIEW } from "../state/url.ts";
import { shownName } from "../state/collection-name.ts";
import { search } from "../words/en/search.ts";
import { wordsOf } from "../words/words.ts";

const words = () => wordsOf("search", search);

/** What the last search did, and why not as asked; null where no vectors were compared. */
export function exactnessUsed({ exactness }: Pick<SearchResult, "exactness">): string | null {
  if (exactness === null) return null;
  const { used, why } = exactness;
  const { lastSearch, lastSmall, lastInexact, exactnessNames } = words();
  switch (why) {
    case "asked":
      return lastSearch(exactnessNames[used]);
    case "small":
      return lastSmall;
    case "inexact":
      return lastInexact;
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
  const { aCollection, inLanguage, listed, wordsAlone } = words();
  const nameById = new Map(collections.map((one) => [one.id, shownName(one)]));
  const named = wordsOnly.map(({ collectionId, language }) =>
    inLanguage(nameById.get(collectionId) ?? aCollection, language),
  );
  return wordsAlone(listed(named), modelName);
}

/** How far a search could look while vectors are still being read; null when it looked at all. */
export function reachOf({
  notLoaded,
  candidates,
}: Pick<SearchResult, "notLoaded" | "candidates">): string | null {
  if (notLoaded === 0) return null;
  const seen = candidates?.count ?? 0;
  return words().reach(formatCount(seen), formatNoun(seen + notLoaded, "passage"));
}

/** `from 2026-01-31`, `2026-01-31 to 2026-02-28`; null without any bound. */
function daysOf(fromDay: string, untilDay: string): string | null {
  if (fromDay === "" && untilDay === "") return null;
  if (untilDay === "") return words().fromDay(fromDay);
  return fromDay === "" ? words().upToDay(untilDay) : words().betweenDays(fromDay, untilDay);
}

/** What is not as usual, in a few words each. */
export function refinementsOf(
  { exactness, fewerDuplicates }: Pick<RefineState, "exactness" | "fewerDuplicates">,
  { fusion }: Pick<QueryState, "fusion">,
  { alsoIn, sourceIds, tags, fromDay, untilDay }: Narrowing,
): readonly string[] {
  const { sourcesOnly, tagged, exactnessNames, ranksOnly, fewerInShort } = words();
  return [
    alsoIn.length === 0 ? null : formatNoun(alsoIn.length + 1, "collection"),
    sourceIds.length === 0 ? null : sourcesOnly(formatNoun(sourceIds.length, "source")),
    tags.length === 0 ? null : tagged(tags),
    daysOf(fromDay, untilDay),
    exactness === "exact" ? null : exactnessNames[exactness],
    fusion === DEFAULT_VIEW.spec.fusion ? null : ranksOnly,
    fewerDuplicates ? fewerInShort : null,
  ].filter((note) => note !== null);
}
