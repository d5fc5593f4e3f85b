/** At most so many of the items, drawn evenly; all of them in their order where there are no more. */
export function sample<T>(items: readonly T[], most: number, rng: () => number): readonly T[] {
  if (items.length <= most) return items;
  return items
    .map((item) => ({ item, by: rng() }))
    .sort((a, b) => a.by - b.by)
    .slice(0, most)
    .map(({ item }) => item);
}
