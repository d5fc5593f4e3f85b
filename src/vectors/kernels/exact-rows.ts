import type { ExactRows, ReadRows } from "../../contract/index.ts";

interface Piece {
  readonly first: number;
  readonly bits: Uint16Array;
}

/** Exact vectors in memory, as the arrays that were appended: two bytes a value and no copy. */
export function createExactRows(dim: number): ExactRows {
  // Grows at its end and is replaced for the rest, so that a reader goes on with the numbers it was made for.
  let pieces: Piece[] = [];
  let rows = 0;

  const add = (bits: Uint16Array): void => {
    if (bits.length === 0) return;
    pieces.push({ first: rows, bits });
    rows += bits.length / dim;
  };

  const readerOf =
    (from: readonly Piece[]): ReadRows =>
    (named) => {
      const bits = new Uint16Array(named.length * dim);
      named.forEach((row, i) => {
        const piece = pieceOf(from, row);
        const at = (row - piece.first) * dim;
        bits.set(piece.bits.subarray(at, at + dim), i * dim);
      });
      return bits;
    };

  return {
    get bytes() {
      return rows * dim * 2;
    },
    append: add,
    reader: () => readerOf(pieces),
    keep(kept) {
      const before = pieces;
      pieces = [];
      rows = 0;
      let from = 0;
      for (const { first, bits } of before) {
        const end = first + bits.length / dim;
        let to = from;
        while (to < kept.length && (kept[to] ?? Infinity) < end) to++;
        add(keepRows(bits, dim, kept.subarray(from, to), first));
        from = to;
      }
    },
    close() {
      pieces = [];
      rows = 0;
    },
  };
}

/** The array itself when all of its rows stay. */
function keepRows(bits: Uint16Array, dim: number, kept: Int32Array, first: number): Uint16Array {
  if (kept.length * dim === bits.length) return bits;
  const left = new Uint16Array(kept.length * dim);
  kept.forEach((row, i) => {
    const at = (row - first) * dim;
    left.set(bits.subarray(at, at + dim), i * dim);
  });
  return left;
}

function pieceOf(pieces: readonly Piece[], row: number): Piece {
  let low = 0;
  let high = pieces.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((pieces[middle]?.first ?? Infinity) <= row) low = middle;
    else high = middle;
  }
  return pieces[low] ?? { first: 0, bits: new Uint16Array(0) };
}
