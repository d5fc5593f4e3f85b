import { describe, expect, test } from "vitest";
import { createRng } from "../../base/rng.ts";
import type { Kernel } from "../../contract/index.ts";

/** Values that are multiples of 1/8: their products add up exactly in any order, so ties are true ties. */
function exactVectors(seed: number, rows: number, dim: number): Float32Array {
  const rng = createRng(seed);
  return Float32Array.from({ length: rows * dim }, () => Math.floor(rng() * 5 - 2) / 8);
}

function unitVectors(seed: number, rows: number, dim: number): Float32Array {
  const rng = createRng(seed);
  const values = Float32Array.from({ length: rows * dim }, () => rng() - 0.5);
  for (let row = 0; row < rows; row++) {
    const vector = values.subarray(row * dim, (row + 1) * dim);
    const norm = Math.hypot(...vector);
    for (const [i, value] of vector.entries()) vector[i] = value / norm;
  }
  return values;
}

function dot64(a: Float32Array, atA: number, b: Float32Array, atB: number, dim: number): number {
  let sum = 0;
  for (let i = 0; i < dim; i++) sum += a[atA * dim + i]! * b[atB * dim + i]!;
  return sum;
}

/** What a search must answer, worked out one query at a time in float64. */
function expected(vectors: Float32Array, query: Float32Array, dim: number, isIn: (row: number) => boolean) {
  const scored = Array.from({ length: vectors.length / dim }, (_, row) => ({
    row,
    score: dot64(vectors, row, query, 0, dim),
  })).filter(({ row }) => isIn(row));
  const mean = scored.reduce((sum, { score }) => sum + score, 0) / Math.max(1, scored.length);
  const variance =
    scored.reduce((sum, { score }) => sum + (score - mean) ** 2, 0) / Math.max(1, scored.length);
  return {
    best: scored.sort((a, b) => b.score - a.score || a.row - b.row),
    moments: { count: scored.length, mean, deviation: Math.sqrt(variance) },
  };
}

const code = (wanted: string) => expect.objectContaining({ code: wanted });

/** What every kernel must do; each body runs it. */
export function describeKernel(name: string, create: (dim: number) => Kernel): void {
  const filled = (dim: number, vectors: Float32Array) => {
    const kernel = create(dim);
    kernel.append(vectors);
    return kernel;
  };

  describe(`kernel ${name}`, () => {
    // Row counts around the kernel's steps of four rows, and over several tiles; dims with and without a tail.
    test.each([
      [1, 1, 1],
      [3, 5, 2],
      [4, 4, 4],
      [5, 7, 9],
      [127, 33, 10],
      [1000, 256, 100],
      [2051, 64, 2051],
      [30, 770, 31],
    ])("%i rows of %i dimensions: the best %i, ties to the lower row", (rows, dim, k) => {
      const vectors = exactVectors(rows * dim, rows, dim);
      const query = exactVectors(k, 1, dim);
      const { top, moments } = filled(dim, vectors).search(query, k);
      const { best, moments: want } = expected(vectors, query, dim, () => true);
      expect([...top.rows.subarray(0, rows)]).toEqual(best.slice(0, k).map(({ row }) => row));
      expect([...top.scores.subarray(0, rows)]).toEqual(best.slice(0, k).map(({ score }) => score));
      expect([...top.rows.subarray(rows)]).toEqual(Array(Math.max(0, k - rows)).fill(-1));
      expect([...top.scores.subarray(rows)]).toEqual(Array(Math.max(0, k - rows)).fill(-Infinity));
      expect(moments.count[0]).toBe(want.count);
      expect(moments.mean[0]).toBeCloseTo(want.mean, 5);
      expect(moments.deviation[0]).toBeCloseTo(want.deviation, 5);
    });

    test("unit vectors: every score within 1e-6 of float64, none better left out", () => {
      const [rows, dim, k] = [700, 384, 20];
      const vectors = unitVectors(1, rows, dim);
      const query = unitVectors(2, 1, dim);
      const { top, moments } = filled(dim, vectors).search(query, k);
      const { best, moments: want } = expected(vectors, query, dim, () => true);
      for (let place = 0; place < k; place++) {
        expect(top.scores[place]).toBeCloseTo(dot64(vectors, top.rows[place]!, query, 0, dim), 6);
        expect(top.scores[place]).toBeCloseTo(best[place]!.score, 6);
      }
      expect(new Set(top.rows).size).toBe(k);
      expect(moments.mean[0]).toBeCloseTo(want.mean, 6);
      expect(moments.deviation[0]).toBeCloseTo(want.deviation, 6);
    });

    test("several queries answer as each alone", () => {
      const [rows, dim, k] = [403, 48, 7];
      const kernel = filled(dim, unitVectors(3, rows, dim));
      const queries = unitVectors(4, 5, dim);
      const together = kernel.search(queries, k);
      for (let q = 0; q < 5; q++) {
        const alone = kernel.search(queries.subarray(q * dim, (q + 1) * dim), k);
        expect(together.top.rows.subarray(q * k, (q + 1) * k)).toEqual(alone.top.rows);
        expect(together.top.scores.subarray(q * k, (q + 1) * k)).toEqual(alone.top.scores);
        expect(together.moments.mean[q]).toBe(alone.moments.mean[0]);
      }
    });

    test("removed rows and rows not allowed are neither returned nor counted", () => {
      const [rows, dim] = [211, 12];
      const rng = createRng(5);
      const vectors = exactVectors(6, rows, dim);
      const query = exactVectors(7, 1, dim);
      const removed = new Set(Array.from({ length: 90 }, () => Math.floor(rng() * rows)));
      // Any byte but 0 allows; rows past the end of the mask are left out.
      const allow = Uint8Array.from({ length: 200 }, () => (rng() < 0.5 ? 0 : 1 + Math.floor(rng() * 255)));
      const kernel = filled(dim, vectors);
      kernel.remove(removed);
      kernel.remove(removed);
      for (const mask of [undefined, allow, new Uint8Array(rows + 50).fill(1), new Uint8Array(0)]) {
        const isIn = (row: number) => !removed.has(row) && (mask === undefined || (mask[row] ?? 0) !== 0);
        const { top, moments } = kernel.search(query, rows, mask);
        const { best, moments: want } = expected(vectors, query, dim, isIn);
        expect([...top.rows].filter((row) => row !== -1)).toEqual(best.map(({ row }) => row));
        expect(moments.count[0]).toBe(want.count);
        expect(moments.mean[0]).toBeCloseTo(want.mean, 5);
        expect(moments.deviation[0]).toBeCloseTo(want.deviation, 5);
      }
      expect(kernel.rows).toBe(rows);
    });

    test("rows appended between searches keep their numbers", () => {
      const [rows, dim, k] = [97, 10, 5];
      const vectors = exactVectors(8, rows, dim);
      const query = exactVectors(9, 1, dim);
      const kernel = create(dim);
      for (let row = 0; row < rows; row++) {
        kernel.append(vectors.subarray(row * dim, (row + 1) * dim));
        if (row === 40) kernel.remove([7]);
        kernel.search(query, k, new Uint8Array(rows).fill(1));
      }
      const whole = filled(dim, vectors);
      whole.remove([7]);
      expect(kernel.search(query, k)).toEqual(whole.search(query, k));
    });

    test("equal rows have a deviation of exactly 0", () => {
      const vector = unitVectors(10, 1, 33);
      const kernel = create(33);
      for (let i = 0; i < 19; i++) kernel.append(vector);
      const { top, moments } = kernel.search(unitVectors(11, 1, 33), 4);
      expect([...top.rows]).toEqual([0, 1, 2, 3]);
      expect(moments.deviation[0]).toBe(0);
      expect(moments.mean[0]).toBe(top.scores[0]);
    });

    test("an empty matrix, no query and k = 0 have empty answers", () => {
      const empty = create(8);
      const { top, moments } = empty.search(new Float32Array(8), 2, new Uint8Array(4).fill(1));
      expect(top).toEqual({
        k: 2,
        rows: Int32Array.of(-1, -1),
        scores: Float32Array.of(-Infinity, -Infinity),
      });
      expect(moments).toEqual({
        count: Int32Array.of(0),
        mean: Float32Array.of(0),
        deviation: Float32Array.of(0),
      });
      const kernel = filled(8, exactVectors(12, 9, 8));
      expect(kernel.search(new Float32Array(0), 3).top.rows.length).toBe(0);
      const none = kernel.search(exactVectors(13, 1, 8), 0);
      expect(none.top.rows.length).toBe(0);
      expect(none.moments.count[0]).toBe(9);
      kernel.append(new Float32Array(0));
      expect(kernel.rows).toBe(9);
    });

    test("named rows score as in a search, in the order asked, removed ones too", () => {
      const [rows, dim] = [50, 19];
      const kernel = filled(dim, unitVectors(14, rows, dim));
      const query = unitVectors(15, 1, dim);
      const { top } = kernel.search(query, rows);
      kernel.remove([3, 4]);
      expect(kernel.score(query, top.rows)).toEqual(top.scores);
      expect(kernel.score(query, Int32Array.of(3, 3)).length).toBe(2);
      expect(kernel.score(query, new Int32Array(0)).length).toBe(0);
    });

    test("what is not a finite number or does not fit is refused, and changes nothing", () => {
      const kernel = filled(4, exactVectors(16, 3, 4));
      for (const bad of [Number.NaN, Infinity, -Infinity]) {
        const values = Float32Array.of(1, 0, 0, 0, 0, bad, 0, 0);
        expect(() => kernel.append(values)).toThrow(code("vectors/nan"));
        expect(() => kernel.search(values, 1)).toThrow(code("vectors/nan"));
        expect(() => kernel.score(values.subarray(4), Int32Array.of(0))).toThrow(code("vectors/nan"));
      }
      expect(() => kernel.append(new Float32Array(6))).toThrow(code("vectors/shape"));
      expect(() => kernel.search(new Float32Array(3), 1)).toThrow(code("vectors/shape"));
      expect(() => kernel.search(new Float32Array(4), 1.5)).toThrow(code("vectors/shape"));
      expect(() => kernel.search(new Float32Array(4), -1)).toThrow(code("vectors/shape"));
      expect(() => kernel.score(new Float32Array(8), Int32Array.of(0))).toThrow(code("vectors/shape"));
      expect(() => kernel.score(new Float32Array(4), Int32Array.of(3))).toThrow(code("vectors/shape"));
      expect(() => kernel.remove([0, 3])).toThrow(code("vectors/shape"));
      expect(() => kernel.remove([-1])).toThrow(code("vectors/shape"));
      expect(() => create(0)).toThrow(code("vectors/shape"));
      expect(() => create(2.5)).toThrow(code("vectors/shape"));
      expect(kernel.rows).toBe(3);
      expect(kernel.search(new Float32Array(4), 3).moments.count[0]).toBe(3);
    });

    test("a closed kernel is empty", () => {
      const kernel = filled(4, exactVectors(17, 6, 4));
      kernel.remove([0]);
      kernel.close();
      expect(kernel.rows).toBe(0);
      kernel.append(Float32Array.of(1, 0, 0, 0));
      const { top, moments } = kernel.search(Float32Array.of(1, 0, 0, 0), 2);
      expect([...top.rows]).toEqual([0, -1]);
      expect(moments.count[0]).toBe(1);
    });
  });
}
