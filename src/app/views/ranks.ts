import type { Hit } from "../../contract/index.ts";

/** Rank from 1 of every passage that was found. */
export function rankById(hits: readonly Hit[]): ReadonlyMap<number, number> {
  return new Map(hits.map((hit, place) => [hit.passage.id, place + 1]));
}
