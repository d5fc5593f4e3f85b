/** A passage in two rankings; a rank counts from 1, null where it is not among the first. */
export interface RankShift {
  readonly id: number;
  readonly before: number | null;
  readonly after: number | null;
}

/** The first `depth` of two rankings: those of the later one in its order, then those that left it. */
export function rankShifts(
  before: readonly number[],
  after: readonly number[],
  depth: number,
): readonly RankShift[] {
  const first = before.slice(0, depth);
  const later = after.slice(0, depth);
  const rankIn = (ids: readonly number[], id: number): number | null => ids.indexOf(id) + 1 || null;
  return [...later, ...first.filter((id) => !later.includes(id))].map((id) => ({
    id,
    before: rankIn(first, id),
    after: rankIn(later, id),
  }));
}

/** SVG path from a passage's place before, on the left, to its row, on the right. Units: pixels. */
export function shiftPath(
  { before }: RankShift,
  row: number,
  rowHeight: number,
  width: number,
): string | null {
  if (before === null) return null;
  const y = (place: number): number => (place + 0.5) * rowHeight;
  const third = width / 3;
  return `M0 ${y(before - 1)}C${third} ${y(before - 1)} ${2 * third} ${y(row)} ${width} ${y(row)}`;
}
