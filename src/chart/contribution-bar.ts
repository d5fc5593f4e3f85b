/** What the two halves add to a hit's score; null for a half that had no part. */
export interface Shares {
  readonly semantic: number | null;
  readonly keywords: number | null;
}

/** A piece of a bar, as fractions of its width. */
export interface BarPiece {
  readonly half: "semantic" | "keywords";
  readonly from: number;
  readonly to: number;
}

/** The common scale of all bars of a list, so that they can be compared: always holds zero. */
export interface BarScale {
  readonly least: number;
  readonly most: number;
}

const HALVES = ["semantic", "keywords"] as const;

/** The scale that holds every hit's positive and negative parts. */
export function barScale(hits: readonly Shares[]): BarScale {
  const sums = (sign: 1 | -1) =>
    hits.map((hit) => HALVES.reduce((sum, half) => sum + sign * Math.max(0, sign * (hit[half] ?? 0)), 0));
  return { least: Math.min(0, ...sums(-1)), most: Math.max(0, ...sums(1)) };
}

/** Where zero stands on a bar, as a fraction of its width. */
export function barZero({ least, most }: BarScale): number {
  return most === least ? 0 : -least / (most - least);
}

/** Stacks the halves from zero: what adds to the right, what takes away to the left. */
export function barPieces(shares: Shares, scale: BarScale): readonly BarPiece[] {
  const width = scale.most - scale.least;
  if (width === 0) return [];
  const place = (value: number) => (value - scale.least) / width;
  const pieces: BarPiece[] = [];
  let [right, left] = [0, 0];
  for (const half of HALVES) {
    const share = shares[half];
    if (share === null || share === 0) continue;
    if (share > 0) pieces.push({ half, from: place(right), to: place((right += share)) });
    else pieces.push({ half, to: place(left), from: place((left += share)) });
  }
  return pieces;
}
