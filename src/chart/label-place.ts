/** A label that would like to stand at a place along a line. Units: those of the line, such as pixels. */
export interface Label {
  readonly wanted: number;
  readonly width: number;
}

/**
 * Moves labels apart along a line as little as can be, in their order: no two overlap and none leaves `from` to `to`,
 * as long as all of them fit. The squared ways that they move add up to the least possible sum.
 *
 * Order: `labels` by where they want to stand; the answer holds their centres in the same order.
 * Throws: nothing; labels that do not fit are pushed out at `to`.
 * Source: pool adjacent violators (Ayer et al. 1955): with each label's place measured from the packed row, what is left is
 * isotonic regression.
 */
export function placeLabels(labels: readonly Label[], from: number, to: number, gap: number): number[] {
  const packed: number[] = [];
  let end = 0;
  for (const { width } of labels) {
    packed.push(end + width / 2);
    end += width + gap;
  }
  const slack = Math.max(0, to - from - (end - gap));
  const pools: { sum: number; count: number }[] = [];
  for (const [i, { wanted }] of labels.entries()) {
    pools.push({ sum: wanted - from - (packed[i] ?? 0), count: 1 });
    for (;;) {
      const [last, before] = [pools.at(-1), pools.at(-2)];
      if (!last || !before || before.sum / before.count <= last.sum / last.count) break;
      pools.splice(-2, 2, { sum: last.sum + before.sum, count: last.count + before.count });
    }
  }
  const offsets = pools.flatMap(({ sum, count }) =>
    Array.from({ length: count }, () => Math.min(slack, Math.max(0, sum / count))),
  );
  return labels.map((_, i) => from + (packed[i] ?? 0) + (offsets[i] ?? 0));
}

/** How many of the first labels fit side by side. */
export function labelsThatFit(widths: readonly number[], room: number, gap: number): number {
  let end = -gap;
  for (const [i, width] of widths.entries()) {
    end += gap + width;
    if (end > room) return i;
  }
  return widths.length;
}
