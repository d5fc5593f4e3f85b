/** A stretch of a source's text. `source` names the text, not the file: the same text has the same. */
export interface TextPlace {
  readonly id: number;
  readonly source: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Names passages of one cut by those of another: each of `others` gets the id of the one of `own` with which it shares
 * most, if that is half of the shorter of the two or more. No id is given twice; what has no counterpart gets a negative
 * one of its own.
 *
 * Order: as `others`; the first of them chooses first.
 */
export function samePlaces(own: readonly TextPlace[], others: readonly TextPlace[]): number[] {
  const taken = new Set<number>();
  return others.map((other, place) => {
    let best: { readonly id: number; readonly shared: number } | null = null;
    for (const { id, source, start, end } of own) {
      if (source !== other.source || taken.has(id)) continue;
      const shared = Math.min(end, other.end) - Math.max(start, other.start);
      const enough = Math.max(1, Math.min(end - start, other.end - other.start) / 2);
      if (shared >= enough && shared > (best?.shared ?? 0)) best = { id, shared };
    }
    if (best === null) return -1 - place;
    taken.add(best.id);
    return best.id;
  });
}
