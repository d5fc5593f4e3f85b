import type { Removal } from "../../contract/index.ts";
import { formatCount } from "../parts/format.ts";
import { keeping } from "../words/en/keeping.ts";
import { languageNow, wordsOf } from "../words/words.ts";

/** What was removed, by name: the first source of several, or the one that a passage was in. */
export function removalName({ what, name, sources }: Removal): string {
  if (what === "passage") return wordsOf("keeping", keeping).onePassage(name);
  if (what === "collection" || sources < 2) return name;
  return wordsOf("keeping", keeping).andSources(name, formatCount(sources - 1));
}

/** A time of the day, as `14:32`. */
export function timeOf(ms: number): string {
  return new Intl.DateTimeFormat(languageNow(), { timeStyle: "short" }).format(new Date(ms));
}
