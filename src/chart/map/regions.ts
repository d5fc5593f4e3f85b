import type { Point } from "../limb.ts";

/** A part of the map where points crowd. */
export interface MapRegion extends Point {
  /** Points in it. */
  readonly count: number;
}

export interface Regions {
  /** The largest first. `x` and `y` are where it is most crowded. */
  readonly regions: readonly MapRegion[];
  /** i16, one a point: its region, or −1. */
  readonly of: Int16Array;
}

/**
 * A crowd is one of its own when the way out of it falls so far below its top. With this and two rounds of blurring six
 * clumps of 10 to 500 points are always six, and one bell curve of 60 to 3,000 points mostly one to three.
 */
const PROMINENCE = 0.6;
/** Fewer points are no region, and fewer than half the root of all are stragglers. */
const FEWEST = 4;

/**
 * Finds where points crowd together, without being told how many such places there are.
 *
 * Shape: places f32[points, 2].
 * Order: the same points give the same regions.
 * Cost: one pass over the points and a sort of at most 96² cells.
 * Source: Chazal, Guibas, Oudot and Skraba, Persistence-based clustering in Riemannian manifolds, 2013, on a blurred grid.
 */
export function regionsOf(places: Float32Array, most: number): Regions {
  const points = places.length / 2;
  const grid = gridOver(places, Math.round(Math.min(96, 10 + 1.5 * Math.sqrt(points))));
  const { side, density } = grid;
  const peakOf = new Int32Array(side * side).fill(-1);
  const rootOf = (peak: number): number => {
    let root = peak;
    while (peakOf[root] !== root) root = peakOf[root] ?? root;
    return root;
  };
  const cells = [...density.keys()].filter((cell) => (density[cell] ?? 0) > 0);
  cells.sort((a, b) => (density[b] ?? 0) - (density[a] ?? 0) || a - b);
  for (const cell of cells) {
    const peaks = new Set(
      around(cell, side)
        .filter((other) => peakOf[other] !== -1)
        .map(rootOf),
    );
    const [highest, ...others] = [...peaks].toSorted((a, b) => (density[b] ?? 0) - (density[a] ?? 0));
    peakOf[cell] = highest ?? cell;
    const here = density[cell] ?? 0;
    for (const peak of others)
      if (here > (1 - PROMINENCE) * (density[peak] ?? 0)) peakOf[peak] = highest ?? peak;
  }

  const counts = new Map<number, number>();
  const peaks = Int32Array.from({ length: points }, (_, i) => {
    const cell = grid.cellOf(places[i * 2] ?? 0, places[i * 2 + 1] ?? 0);
    const peak = peakOf[cell] === -1 ? -1 : rootOf(cell);
    counts.set(peak, (counts.get(peak) ?? 0) + 1);
    return peak;
  });
  const kept = [...counts]
    .filter(([peak, count]) => peak !== -1 && count >= Math.max(FEWEST, Math.sqrt(points) / 2))
    .toSorted((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, most);
  const place = new Map(kept.map(([peak], i) => [peak, i]));
  return {
    regions: kept.map(([peak, count]) => ({ ...grid.middleOf(peak), count })),
    of: Int16Array.from(peaks, (peak) => place.get(peak) ?? -1),
  };
}

interface Grid {
  readonly side: number;
  /** f64[side, side], blurred. */
  readonly density: Float64Array;
  cellOf(x: number, y: number): number;
  middleOf(cell: number): Point;
}

function gridOver(places: Float32Array, side: number): Grid {
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < places.length; i += 2) {
    left = Math.min(left, places[i] ?? 0);
    right = Math.max(right, places[i] ?? 0);
    bottom = Math.min(bottom, places[i + 1] ?? 0);
    top = Math.max(top, places[i + 1] ?? 0);
  }
  const step = Math.max(1e-9, right - left, top - bottom) / side;
  const at = (value: number, from: number) => Math.min(side - 1, Math.floor((value - from) / step));
  const cellOf = (x: number, y: number): number => at(y, bottom) * side + at(x, left);
  let density = new Float64Array(side * side);
  for (let i = 0; i < places.length; i += 2) {
    const cell = cellOf(places[i] ?? 0, places[i + 1] ?? 0);
    density[cell] = (density[cell] ?? 0) + 1;
  }
  for (let round = 0; round < 2; round++) density = meanAcross(meanAcross(density, side, 1), side, side);
  return {
    side,
    density,
    cellOf,
    middleOf: (cell) => ({
      x: left + ((cell % side) + 0.5) * step,
      y: bottom + (Math.floor(cell / side) + 0.5) * step,
    }),
  };
}

/** The mean of each cell with the one before and the one after it; `stride` 1 goes along rows, `side` along columns. */
function meanAcross(cells: Float64Array, side: number, stride: number): Float64Array<ArrayBuffer> {
  return Float64Array.from(cells, (value, cell) => {
    const place = stride === 1 ? cell % side : Math.floor(cell / side);
    const before = place === 0 ? 0 : (cells[cell - stride] ?? 0);
    const after = place === side - 1 ? 0 : (cells[cell + stride] ?? 0);
    return (before + value + after) / 3;
  });
}

/** The eight cells that touch one. */
function around(cell: number, side: number): readonly number[] {
  const [column, row] = [cell % side, Math.floor(cell / side)];
  const found: number[] = [];
  for (let r = Math.max(0, row - 1); r <= Math.min(side - 1, row + 1); r++)
    for (let c = Math.max(0, column - 1); c <= Math.min(side - 1, column + 1); c++)
      if (r !== row || c !== column) found.push(r * side + c);
  return found;
}
