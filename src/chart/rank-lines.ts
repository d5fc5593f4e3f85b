import type { Point } from "./limb.ts";

/** Best first: the ids of what one way of asking found. */
export type Ranking = readonly number[];

/** A passage's way from ranking to ranking. */
export interface RankLine {
  readonly id: number;
  /** Its ranks from 0, one a ranking; null where it is not among the first. */
  readonly ranks: readonly (number | null)[];
}

/** Every passage that is among the first `depth` of any ranking, in the order in which they come up. */
export function rankLines(rankings: readonly Ranking[], depth: number): readonly RankLine[] {
  const tops = rankings.map((ranking) => ranking.slice(0, depth));
  return [...new Set(tops.flat())].map((id) => ({
    id,
    ranks: tops.map((top) => {
      const rank = top.indexOf(id);
      return rank < 0 ? null : rank;
    }),
  }));
}

/** Columns of ranks side by side. Units: pixels. */
export interface RankGrid {
  readonly left: number;
  readonly top: number;
  readonly columnWidth: number;
  readonly rowHeight: number;
  readonly depth: number;
}

/** Where a rank stands; what is not among the first stands below the last row. */
export function rankPoint(
  { left, top, columnWidth, rowHeight, depth }: RankGrid,
  column: number,
  rank: number | null,
): Point {
  return { x: left + column * columnWidth, y: top + (rank ?? depth) * rowHeight };
}

/** How far a line goes on where the passage leaves the first ranks, as a share of the way to the next column, and down. */
const STUB = { share: 0.22, down: 0.4 };

/** SVG path of a passage through the columns; where it leaves the first ranks it bends down and ends. */
export function rankPath(grid: RankGrid, { ranks }: RankLine): string {
  let path = "";
  for (let column = 1; column < ranks.length; column++) {
    const [before, after] = [ranks[column - 1] ?? null, ranks[column] ?? null];
    if (before === null && after === null) continue;
    const [from, to] = [rankPoint(grid, column - 1, before), rankPoint(grid, column, after)];
    const middle = (from.x + to.x) / 2;
    const reach = STUB.share * grid.columnWidth;
    if (before !== null && after !== null)
      path += `M${at(from)}C${middle} ${from.y} ${middle} ${to.y} ${at(to)}`;
    else if (before !== null) path += stub(from, reach, STUB.down * grid.rowHeight);
    else path += stub(to, -reach, STUB.down * grid.rowHeight);
  }
  return path;
}

/** Share of the first `k` of one ranking that are among the first `k` of another; of shorter ones, of what there is. */
export function overlapAt(one: Ranking, other: Ranking, k: number): number {
  const [a, b] = [one.slice(0, k), new Set(other.slice(0, k))];
  const most = Math.max(a.length, b.size);
  return most === 0 ? 1 : a.filter((id) => b.has(id)).length / most;
}

function stub({ x, y }: Point, reach: number, down: number): string {
  return `M${x} ${y}Q${x + reach} ${y} ${x + reach} ${y + down}`;
}

const at = ({ x, y }: Point): string => `${x} ${y}`;
