import { describe, expect, test } from "vitest";
import { fromHalf, toHalf } from "../../base/half.ts";
import { createRng } from "../../base/rng.ts";
import type { Kernel, ScoreMoments, TopK } from "../../contract/index.ts";
import { rowsOf, setBit, wordsFor } from "./bitmap.ts";
import type { Scored } from "./shortlist.ts";

/** Values that are multiples of 1/8: their products add up exactly in any order, so ties are true ties. */
export function exactVectors(seed: number, rows: number, dim: number): Float32Array {
  const rng = createRng(seed);
  return Float32Array.from({ length: rows * dim }, () => Math.floor(rng() * 5 - 2) / 8);
}

/** Unit vectors as half precision holds them. */
export function unitVectors(seed: number, rows: number, dim: number): Float32Array {
  const rng = createRng(seed);
  const values = Float32Array.from({ length: rows * dim }, () => rng() - 0.5);
  for (let row = 0; row < rows; row++) {
    const vector = values.subarray(row * dim, (row + 1) * dim);
    const norm = Math.hypot(...vector);
    for (const [i, value] of vector.entries()) vector[i] = value / norm;
  }
  return fromHalf(toHalf(values));
}

function dot64(a: Float32Array, atA: number, b: Float32Array, atB: number, dim: number): number {
  let sum = 0;
  for (let i = 0; i < dim; i++) sum += a[atA * dim + i]! * b[atB * dim + i]!;
  return Math.fround(sum);
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

/** Moments may be off by what codes of 8 bits leave out, or what many codes of one bit do. */
function expectMoments(
  { count, mean, deviation }: ScoreMoments,
  want: ReturnType<typeof expected>["moments"],
  query: Float32Array,
  likely = false,
): void {
  const slack = (likely ? 0.25 : 0.005) * Math.max(1, Math.hypot(...query));
  expect(count[0]).toBe(want.count);
  expect(Math.abs(mean[0]! - want.mean)).toBeLessThan(slack);
  expect(Math.abs(deviation[0]! - want.deviation)).toBeLessThan(slack);
}

/**
 * The best, exactly; or where bounds are only likely: exact scores of at least 0.9 of the best, in their order. Places
 * behind the last row there is are empty.
 */
function expectTop({ rows, scores, k }: TopK, best: readonly Scored[], likely = false): void {
  const places = Math.min(k, best.length);
  expect([...rows.subarray(places)]).toEqual(Array(k - places).fill(-1));
  expect([...scores.subarray(places)]).toEqual(Array(k - places).fill(-Infinity));
  const wanted = best.slice(0, places);
  const found = [...rows.subarray(0, places)];
  const inOrder = likely ? best.filter(({ row }) => found.includes(row)) : wanted;
  expect(found).toEqual(inOrder.map(({ row }) => row));
  expect([...scores.subarray(0, places)]).toEqual(inOrder.map(({ score }) => score));
  // Of equal scores at the end of the list, any row will do.
  const last = wanted.at(-1)?.score ?? 0;
  expect(inOrder.filter(({ score }) => score >= last).length).toBeGreaterThanOrEqual(0.9 * places);
}

const bitmapOf = (rows: number, isIn: (row: number) => boolean): Uint32Array => {
  const words = new Uint32Array(wordsFor(rows));
  for (let row = 0; row < rows; row++) if (isIn(row)) setBit(words, row);
  return words;
};

/** A kernel that is busy with its rows puts a compaction off. */
async function compacted(kernel: Kernel): Promise<Int32Array> {
  for (;;) {
    const kept = kernel.compact();
    if (kept !== null) return kept;
    await new Promise((resolve) => setTimeout(resolve));
  }
}

const code = (wanted: string) => expect.objectContaining({ code: wanted });

export interface KernelSuite {
  /** Row counts are divided by this where arithmetic is slow. */
  readonly smaller?: number;
  /** Bounds are likely ones, not proved: most of the best are found, with exact scores. */
  readonly likely?: boolean;
}

/** What every kernel must do; each body runs it. */
export function describeKernel(
  name: string,
  create: (dim: number) => Kernel,
  { smaller = 1, likely = false }: KernelSuite = {},
): void {
  const filled = (dim: number, vectors: Float32Array) => {
    const kernel = create(dim);
    kernel.append(toHalf(vectors));
    return kernel;
  };
  const size = (rows: number) => Math.ceil(rows / smaller);

  describe(`kernel ${name}`, () => {
    // Row counts around the kernel's steps of four rows, and over several blocks; dims with and without a tail.
    test.each([
      [1, 1, 1],
      [3, 5, 2],
      [4, 4, 4],
      [5, 7, 9],
      [127, 33, 10],
      [size(1000), 256, 100],
      [size(2051), 64, size(2051)],
      [30, 770, 31],
    ])("%i rows of %i dimensions: the best %i, ties to the lower row", async (rows, dim, k) => {
      const vectors = exactVectors(rows * dim, rows, dim);
      const query = exactVectors(k, 1, dim);
      const { top, moments } = await filled(dim, vectors).search(query, k);
      const { best, moments: want } = expected(vectors, query, dim, () => true);
      expectTop(top, best, likely);
      expectMoments(moments, want, query, likely);
    });

    test("unit vectors: the best rows and scores of float64, whatever the length of the query", async () => {
      const [rows, dim, k] = [size(700), 384, 20];
      const vectors = unitVectors(1, rows, dim);
      const kernel = filled(dim, vectors);
      for (const scale of [1, 1e-3, 1e3]) {
        const query = unitVectors(2, 1, dim).map((value) => value * scale);
        const { top, moments } = await kernel.search(query, k);
        const { best, moments: want } = expected(vectors, query, dim, () => true);
        expectTop(top, best, likely);
        expectMoments(moments, want, query, likely);
      }
    });

    test.skipIf(likely)(
      "rows that differ in the last bits only, and by their lengths, are told apart",
      async () => {
        const [rows, dim, k] = [size(300), 40, 25];
        const rng = createRng(30);
        const one = unitVectors(31, 1, dim);
        // One long row a block, so that no scale is right for all.
        const vectors = fromHalf(
          toHalf(
            Float32Array.from({ length: rows * dim }, (_, i) =>
              i % (50 * dim) === 0 ? 30 : one[i % dim]! * (1 + (rng() - 0.5) / 200),
            ),
          ),
        );
        const query = unitVectors(32, 1, dim);
        const { top } = await filled(dim, vectors).search(query, k);
        const { best } = expected(vectors, query, dim, () => true);
        expect([...top.rows]).toEqual(best.slice(0, k).map(({ row }) => row));
      },
    );

    test("several queries answer as each alone", async () => {
      const [rows, dim, k] = [size(403), 48, 7];
      const kernel = filled(dim, unitVectors(3, rows, dim));
      const queries = unitVectors(4, 9, dim);
      const together = await kernel.search(queries, k);
      for (let q = 0; q < 9; q++) {
        const alone = await kernel.search(queries.subarray(q * dim, (q + 1) * dim), k);
        expect(together.top.rows.subarray(q * k, (q + 1) * k)).toEqual(alone.top.rows);
        expect(together.top.scores.subarray(q * k, (q + 1) * k)).toEqual(alone.top.scores);
        expect(together.moments.mean[q]).toBe(alone.moments.mean[0]);
      }
    });

    test("removed rows and rows not allowed are neither returned nor counted", async () => {
      const [rows, dim] = [211, 12];
      const rng = createRng(5);
      const vectors = exactVectors(6, rows, dim);
      const query = exactVectors(7, 1, dim);
      const removed = new Set(Array.from({ length: 90 }, () => Math.floor(rng() * rows)));
      const kernel = filled(dim, vectors);
      kernel.remove(removed);
      kernel.remove(removed);
      // Rows past the end of the bitmap are left out.
      const half = bitmapOf(200, () => rng() < 0.5);
      for (const allow of [undefined, half, bitmapOf(rows + 50, () => true), new Uint32Array(0)]) {
        const allowed = new Set(allow && rowsOf(allow, allow.length * 32));
        const isIn = (row: number) => !removed.has(row) && (allow === undefined || allowed.has(row));
        const { top, moments } = await kernel.search(query, rows, { allow });
        const { best, moments: want } = expected(vectors, query, dim, isIn);
        expectTop(top, best);
        expectMoments(moments, want, query, likely);
      }
      expect(kernel.rows).toBe(rows);
      expect(kernel.alive).toBe(rows - removed.size);
    });

    test("rows appended between searches keep their numbers", async () => {
      const [rows, dim, k] = [97, 10, 5];
      const vectors = exactVectors(8, rows, dim);
      const query = exactVectors(9, 1, dim);
      const kernel = create(dim);
      for (let row = 0; row < rows; row++) {
        kernel.append(toHalf(vectors.subarray(row * dim, (row + 1) * dim)));
        if (row === 40) kernel.remove([7]);
        if (row % 8 === 0) await kernel.search(query, k, { allow: bitmapOf(rows, () => true) });
      }
      const whole = filled(dim, vectors);
      whole.remove([7]);
      expect((await kernel.search(query, k)).top).toEqual((await whole.search(query, k)).top);
    });

    test("rows may come, go and move while searches run: none answers with what it may not", async () => {
      const [rows, dim, k] = [size(400), 16, 12];
      const vectors = unitVectors(20, rows, dim);
      const kernel = filled(dim, vectors.subarray(0, rows * dim * 0.5));
      const query = unitVectors(21, 1, dim);
      const searches = [kernel.search(query, k)];
      kernel.append(toHalf(vectors.subarray(rows * dim * 0.5)));
      searches.push(kernel.search(query, k));
      const { best } = expected(vectors, query, dim, () => true);
      const gone = best.filter((_, place) => place % 2 === 0).map(({ row }) => row);
      kernel.remove(gone);
      searches.push(kernel.search(query, k));
      kernel.compact();
      searches.push(kernel.search(query, k));
      const [early, whole, removed, moved] = await Promise.all(searches);
      const score = new Map(best.map((hit) => [hit.row, hit.score]));
      for (const { top } of [early!, whole!, removed!])
        for (const [place, row] of top.rows.entries())
          if (row !== -1) expect(top.scores[place]).toBe(score.get(row));
      const left = best.filter(({ row }) => !gone.includes(row)).slice(0, k);
      expect([...removed!.top.rows].some((row) => gone.includes(row))).toBe(false);
      if (likely) return;
      expect([...removed!.top.rows]).toEqual(left.map(({ row }) => row));
      expect([...moved!.top.scores]).toEqual(left.map((hit) => hit.score));
    });

    test("compaction numbers what stays anew, in its order, and gives memory back", async () => {
      const [rows, dim, k] = [size(700), 24, 30];
      const vectors = unitVectors(22, rows, dim);
      const query = unitVectors(23, 1, dim);
      const kernel = filled(dim, vectors);
      expect(kernel.compact()).toBeNull();
      const stays = (row: number) => row % 3 === 1 || row > rows * 0.9;
      kernel.remove([...Array(rows).keys()].filter((row) => !stays(row)));
      const before = await kernel.search(query, k);
      const full = kernel.bytes;
      const kept = await compacted(kernel);
      expect([...kept]).toEqual([...Array(rows).keys()].filter(stays));
      expect(kernel.rows).toBe(kept.length);
      expect(kernel.alive).toBe(kept.length);
      expect(kernel.bytes).toBeLessThan(full);
      const after = await kernel.search(query, k);
      expect([...after.top.rows].map((row) => kept[row])).toEqual([...before.top.rows]);
      expect(after.top.scores).toEqual(before.top.scores);
      expect(await kernel.score(query, after.top.rows)).toEqual(after.top.scores);
      kernel.append(toHalf(query));
      expect((await kernel.search(query, 1)).top.rows[0]).toBe(kept.length);
      kernel.remove(Array(kernel.rows).keys());
      expect([...(await compacted(kernel))]).toEqual([]);
      expect((await kernel.search(query, 1)).top.rows[0]).toBe(-1);
    });

    test("equal rows have a deviation of exactly 0", async () => {
      const vector = unitVectors(10, 1, 33);
      const kernel = create(33);
      for (let i = 0; i < 19; i++) kernel.append(toHalf(vector));
      const { top, moments } = await kernel.search(unitVectors(11, 1, 33), 4);
      expect([...top.rows]).toEqual([0, 1, 2, 3]);
      expect(moments.deviation[0]).toBe(0);
      expect(moments.mean[0]).toBeCloseTo(top.scores[0]!, likely ? 0 : 2);
    });

    test("an empty matrix, no query and k = 0 have empty answers", async () => {
      const empty = create(8);
      const { top, moments } = await empty.search(new Float32Array(8), 2, { allow: Uint32Array.of(1) });
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
      expect((await kernel.search(new Float32Array(0), 3)).top.rows.length).toBe(0);
      const none = await kernel.search(exactVectors(13, 1, 8), 0);
      expect(none.top.rows.length).toBe(0);
      expect(none.moments.count[0]).toBe(9);
      kernel.append(new Uint16Array(0));
      expect(kernel.rows).toBe(9);
    });

    test("zeros, the smallest and the largest numbers of half precision are found like others", async () => {
      const dim = 6;
      const bits = new Uint16Array(5 * dim);
      bits.fill(0x0001, dim, 2 * dim);
      bits.fill(0x7bff, 2 * dim, 3 * dim);
      bits.fill(0x8001, 3 * dim, 4 * dim);
      const kernel = create(dim);
      kernel.append(bits);
      const { top } = await kernel.search(new Float32Array(dim).fill(0.5), 5);
      expect([...top.rows]).toEqual([2, 1, 0, 4, 3]);
      expect([...top.scores]).toEqual([65504 * 3, 3 * 2 ** -24, 0, 0, -3 * 2 ** -24]);
      expect([...(await kernel.search(new Float32Array(dim), 5)).top.rows]).toEqual([0, 1, 2, 3, 4]);
    });

    test("named rows score as in a search, in the order asked, removed ones too", async () => {
      const [rows, dim] = [50, 19];
      const kernel = filled(dim, unitVectors(14, rows, dim));
      const query = unitVectors(15, 1, dim);
      const { top } = await kernel.search(query, rows);
      kernel.remove([3, 4]);
      expect(await kernel.score(query, top.rows)).toEqual(top.scores);
      expect((await kernel.score(query, Int32Array.of(3, 3))).length).toBe(2);
      expect((await kernel.score(query, new Int32Array(0))).length).toBe(0);
    });

    test("a search that is cancelled rejects with the signal's reason, and the next one works", async () => {
      const kernel = filled(16, unitVectors(24, 60, 16));
      const query = unitVectors(25, 1, 16);
      const reason = new Error("another query was typed");
      await expect(kernel.search(query, 3, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
      const leaving = new AbortController();
      const searched = kernel.search(query, 3, { signal: leaving.signal });
      leaving.abort(reason);
      await expect(searched).rejects.toBe(reason);
      expect((await kernel.search(query, 3)).top.rows[0]).not.toBe(-1);
    });

    test("what is not a finite number or does not fit is refused, and changes nothing", async () => {
      const kernel = filled(4, exactVectors(16, 3, 4));
      for (const bad of [Number.NaN, Infinity, -Infinity]) {
        const values = Float32Array.of(1, 0, 0, 0, 0, bad, 0, 0);
        expect(() => kernel.append(toHalf(values))).toThrow(code("vectors/nan"));
        await expect(kernel.search(values, 1)).rejects.toThrow(code("vectors/nan"));
        await expect(kernel.score(values.subarray(4), Int32Array.of(0))).rejects.toThrow(code("vectors/nan"));
      }
      const shape = code("vectors/shape");
      expect(() => kernel.append(new Uint16Array(6))).toThrow(shape);
      await expect(kernel.search(new Float32Array(3), 1)).rejects.toThrow(shape);
      await expect(kernel.search(new Float32Array(4), 1.5)).rejects.toThrow(shape);
      await expect(kernel.search(new Float32Array(4), -1)).rejects.toThrow(shape);
      await expect(kernel.score(new Float32Array(8), Int32Array.of(0))).rejects.toThrow(shape);
      await expect(kernel.score(new Float32Array(4), Int32Array.of(3))).rejects.toThrow(shape);
      expect(() => kernel.remove([0, 3])).toThrow(shape);
      expect(() => kernel.remove([-1])).toThrow(shape);
      expect(() => create(0)).toThrow(shape);
      expect(() => create(2.5)).toThrow(shape);
      expect(kernel.rows).toBe(3);
      expect((await kernel.search(new Float32Array(4), 3)).moments.count[0]).toBe(3);
    });

    test("a closed kernel is empty", async () => {
      const kernel = filled(4, exactVectors(17, 6, 4));
      kernel.remove([0]);
      kernel.close();
      expect(kernel.rows).toBe(0);
      kernel.append(toHalf(Float32Array.of(1, 0, 0, 0)));
      const { top, moments } = await kernel.search(Float32Array.of(1, 0, 0, 0), 2);
      expect([...top.rows]).toEqual([0, -1]);
      expect(moments.count[0]).toBe(1);
    });
  });
}
