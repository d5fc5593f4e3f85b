import { expect, test } from "vitest";
import { fromHalf, toHalf } from "../base/half.ts";
import { createRng, type Rng } from "../base/rng.ts";
import type { SearchFilter, Segment } from "../contract/index.ts";
import { KERNELS } from "./kernels/index.ts";
import { createVectorSet } from "./vector-set.ts";

const DIM = 6;

interface Row {
  readonly id: number;
  readonly source: number;
  readonly ordinal: number;
  readonly vector: Float32Array;
}

/** Multiples of 1/8, exact in half precision, and so are their products. */
const vectorFrom = (rng: Rng) => Float32Array.from({ length: DIM }, () => Math.floor(rng() * 9 - 4) / 8);

function segmentOf(rows: readonly Row[]): Segment {
  return {
    id: 1,
    passageIds: Int32Array.from(rows, ({ id }) => id),
    sourceIds: Int32Array.from(rows, ({ source }) => source),
    ordinals: Int32Array.from(rows, ({ ordinal }) => ordinal),
    vectors: toHalf(Float32Array.from(rows.flatMap(({ vector }) => [...vector]))),
  };
}

const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

test("agrees with a plain list through additions, replacements, removals, compactions and filters", async () => {
  for (const [name, createKernel] of Object.entries(KERNELS)) {
    const rng = createRng(20);
    const set = createVectorSet(DIM, { home: (exactRows) => createKernel(DIM, { exactRows }) });
    let list: Row[] = [];
    let nextId = 1;
    for (let round = 0; round < 60; round++) {
      const source = 1 + Math.floor(rng() * 8);
      if (rng() < 0.2) {
        set.removeSource(source);
        list = list.filter((row) => row.source !== source);
      } else {
        const count = list.filter((row) => row.source === source).length;
        const added = Array.from({ length: 1 + Math.floor(rng() * 5) }, (_, i): Row => {
          return { id: nextId++, source, ordinal: count + i, vector: vectorFrom(rng) };
        });
        const again = list.find((row) => row.source === source);
        if (again !== undefined && rng() < 0.5) added.push({ ...again, vector: vectorFrom(rng) });
        set.append(segmentOf(added));
        list = [...list.filter(({ id }) => added.every((row) => row.id !== id)), ...added];
      }
      if (rng() < 0.3) set.compact();
      const query = vectorFrom(rng);
      const filter: SearchFilter = {
        ...(rng() < 0.5 ? { sourceIds: [1 + Math.floor(rng() * 8), 1 + Math.floor(rng() * 8), 99] } : {}),
        ...(rng() < 0.3 ? { passageIds: Array.from({ length: 9 }, () => Math.floor(rng() * nextId)) } : {}),
        ...(rng() < 0.5 ? { beforeOrdinal: Math.floor(rng() * 6) } : {}),
        ...(rng() < 0.5 ? { excludeId: 1 + Math.floor(rng() * nextId) } : {}),
      };
      const { sourceIds, passageIds, beforeOrdinal = Infinity, excludeId } = filter;
      const wanted = list
        .filter(({ source }) => sourceIds === undefined || sourceIds.includes(source))
        .filter(({ id }) => passageIds === undefined || passageIds.includes(id))
        .filter(({ ordinal, id }) => ordinal < beforeOrdinal && id !== excludeId)
        .map(({ id, vector }) => ({ id, score: cosine(query, vector) }))
        .sort((a, b) => b.score - a.score);
      const { ids, scores, moments } = await set.search(query, 7, filter);
      expect([...scores], name).toEqual(wanted.slice(0, 7).map(({ score }) => score));
      expect(moments.count).toBe(wanted.length);
      const byId = new Map(wanted.map(({ id, score }) => [id, score]));
      expect([...ids].map((id) => byId.get(id))).toEqual([...scores]);
      expect(set.size).toBe(list.length);
      expect(set.has(nextId - 1)).toBe(list.some(({ id }) => id === nextId - 1));
      const asked = [nextId, ...list.map(({ id }) => id).reverse()];
      expect([...(await set.score(query, asked))]).toEqual(
        list.map(({ id, vector }) => [id, cosine(query, vector)]).reverse(),
      );
    }
  }
});

test("half-precision vectors are widened, not rounded again", async () => {
  const vector = fromHalf(toHalf(Float32Array.of(0.1, -0.2, 0.3, 0.4, -0.5, 0.6)));
  const set = createVectorSet(DIM);
  set.append(segmentOf([{ id: 5, source: 1, ordinal: 0, vector }]));
  const axis = Float32Array.of(0, 0, 1, 0, 0, 0);
  expect(await set.search(axis, 1)).toEqual({
    ids: Int32Array.of(5),
    scores: Float32Array.of(vector[2]!),
    moments: { count: 1, mean: expect.closeTo(vector[2]!, 2), deviation: 0 },
  });
});

test("above a size exact vectors are asked of storage, by the passage that a row is today", async () => {
  const rng = createRng(40);
  const rows = Array.from({ length: 90 }, (_, i): Row => ({
    id: 100 + i,
    source: i % 3,
    ordinal: i,
    vector: vectorFrom(rng),
  }));
  const byId = new Map(rows.map(({ id, vector }) => [id, vector]));
  let asked = 0;
  const read = async (ids: Int32Array) => {
    await Promise.resolve();
    asked += ids.length;
    return toHalf(Float32Array.from([...ids].flatMap((id) => [...byId.get(id)!])));
  };
  const set = createVectorSet(DIM, { read, exactBytes: 40 * DIM * 2 });
  for (let from = 0; from < rows.length; from += 30) {
    set.append(segmentOf(rows.slice(from, from + 30)));
    expect(asked === 0).toBe(from <= 30);
    const query = vectorFrom(rng);
    const wanted = rows.slice(0, from + 30).map(({ vector }) => cosine(query, vector));
    expect([...(await set.search(query, 5)).scores]).toEqual(wanted.sort((a, b) => b - a).slice(0, 5));
  }
  const codesAlone = set.bytes;
  set.removeSource(1);
  const query = vectorFrom(rng);
  const searched = set.search(query, 8);
  set.compact();
  const left = rows.filter(({ source }) => source !== 1).map(({ vector }) => cosine(query, vector));
  const wanted = left.sort((a, b) => b - a).slice(0, 8);
  expect([...(await searched).scores]).toEqual(wanted);
  expect([...(await set.search(query, 8)).scores]).toEqual(wanted);
  expect(set.bytes).toBeLessThanOrEqual(codesAlone);
});

test("fewer passages than asked for give a shorter list, none an empty one", async () => {
  const set = createVectorSet(DIM);
  const query = new Float32Array(DIM);
  expect(await set.search(query, 10)).toEqual({
    ids: new Int32Array(0),
    scores: new Float32Array(0),
    moments: { count: 0, mean: 0, deviation: 0 },
  });
  set.append(segmentOf([{ id: 1, source: 1, ordinal: 0, vector: query }]));
  expect((await set.search(query, 10)).ids.length).toBe(1);
  expect((await set.search(query, 10, { sourceIds: [] })).ids.length).toBe(0);
});

test("a segment or a query of another width is refused and nothing is kept of it", async () => {
  const set = createVectorSet(DIM);
  const segment = segmentOf([{ id: 1, source: 1, ordinal: 0, vector: new Float32Array(DIM) }]);
  expect(() => set.append({ ...segment, vectors: new Uint16Array(DIM * 2) })).toThrow(
    expect.objectContaining({ code: "vectors/shape" }),
  );
  expect(() => set.append({ ...segment, vectors: new Uint16Array(DIM).fill(0x7e00) })).toThrow(
    expect.objectContaining({ code: "vectors/nan" }),
  );
  await expect(set.search(new Float32Array(DIM * 2), 1)).rejects.toThrow(
    expect.objectContaining({ code: "vectors/shape" }),
  );
  expect(set.size).toBe(0);
  expect(set.has(1)).toBe(false);
});
