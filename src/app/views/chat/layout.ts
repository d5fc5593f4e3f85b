import type { Passage, Source } from "../../../contract/index.ts";

/** Where a passage stands among all of a collection, whose sources follow each other in the order in which they came. */
export function rowIn(sources: readonly Source[], { sourceId, ordinal }: Passage): number {
  let row = ordinal;
  for (const { id, total } of sources) if (id < sourceId) row += total;
  return row;
}

/** The rows of the latest `count` of `total`, the latest first. */
export function latestRows(total: number, count: number): readonly number[] {
  return Array.from({ length: Math.min(count, total) }, (_, i) => total - 1 - i);
}
