import { afterEach, expect, test, vi } from "vitest";
import { direct } from "../boundary/index.ts";
import { fromHalf, toHalf } from "../base/half.ts";
import { createRng } from "../base/rng.ts";
import type { Storage, StorageCalls } from "../contract/index.ts";
import { openStorage } from "../storage/index.ts";
import { draft } from "../storage/testing/drafts.ts";
import { shardHere } from "../vectors/kernels/sharded/testing/shard-here.ts";
import { KERNELS, type GpuSearch } from "../vectors/index.ts";
import { createCorpora, type Corpora, type CorporaOptions } from "./corpora.ts";

const DIM = 32;
const SOON = { timeout: 4000 };
const model = { key: "mini", dim: DIM };
const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const { close } of opened.splice(0)) await close();
});

async function fill(storage: Storage, collectionId: number, name: string, vectors: Float32Array) {
  const total = vectors.length / DIM;
  const [task, modelKey] = ["qa", model.key] as const;
  const index = await storage.openIndex({ collectionId, task, modelKey, dim: DIM });
  const input = { collectionId, name, format: "text/1", digest: name, text: name, total };
  const { source } = await storage.addSource(input);
  const ids: number[] = [];
  const rows = Math.max(10, Math.ceil(total / 50));
  for (let from = 0; from < total; from += rows) {
    const count = Math.min(rows, total - from);
    const { passageIds } = await storage.appendPassages({
      sourceId: source.id,
      firstOrdinal: from,
      passages: Array.from({ length: count }, (_, i) => draft(`${name} ${from + i}`)),
      segments: [{ indexId: index.id, vectors: toHalf(vectors.subarray(from * DIM, (from + count) * DIM)) }],
    });
    ids.push(...passageIds);
  }
  return { source, ids };
}

type ReadSegments = Storage["readSegments"];

async function setUp(
  options: CorporaOptions = {},
  wrap: (read: ReadSegments) => ReadSegments = (same) => same,
) {
  const { handlers, close } = await openStorage({ where: { kind: "memory" } });
  const storage = direct<StorageCalls>(handlers, close);
  const { id: collectionId } = await storage.createCollection({ name: "notes", kind: "document" });
  let loaded = 0;
  const wrapped = Object.assign(Object.create(storage) as Storage, {
    readSegments: wrap((input) => storage.readSegments(input)),
  });
  const corpora = createCorpora(wrapped, { ...options, onLoaded: () => loaded++ });
  opened.push(corpora, storage);
  return { storage, corpora, collectionId, loadedTimes: () => loaded };
}

const draw = (seed: number, rows: number): Float32Array => {
  const rng = createRng(seed);
  return fromHalf(toHalf(Float32Array.from({ length: rows * DIM }, () => rng() - 0.5)));
};

const load = (corpora: Corpora, collectionId: number, exactness?: "exact" | "fast") =>
  corpora.load({ collectionId, task: "qa", model, exactness });

test("the first part answers, the rest follows and is told once; nothing is missing then", async () => {
  let goOn = (): void => undefined;
  const gate = new Promise<void>((resolve) => (goOn = resolve));
  const { storage, corpora, collectionId, loadedTimes } = await setUp(
    { firstRows: 100 },
    (read) => async (input) => {
      if (input.afterId > 0) await gate;
      return read(input);
    },
  );
  const vectors = draw(1, 700);
  const { ids } = await fill(storage, collectionId, "long", vectors);
  const first = await load(corpora, collectionId);
  expect(first.set.size).toBeGreaterThanOrEqual(100);
  expect(first.notLoaded).toBe(700 - first.set.size);
  expect(first.notLoaded).toBeGreaterThan(0);
  // Its vector is among those that were not read yet.
  const last = vectors.subarray(699 * DIM);
  expect((await first.set.search(last, 1)).ids[0]).not.toBe(ids[699]);
  goOn();
  await expect.poll(loadedTimes, SOON).toBe(1);
  const whole = await load(corpora, collectionId);
  expect(whole).toMatchObject({ notLoaded: 0, exactness: { used: "exact", why: "asked" } });
  expect((await whole.set.search(last, 1)).ids[0]).toBe(ids[699]);
  expect(loadedTimes()).toBe(1);
});

test("a collection that fits the first part is whole at once, and so is what is added to it", async () => {
  const { storage, corpora, collectionId, loadedTimes } = await setUp({ firstRows: 100 });
  await fill(storage, collectionId, "one", draw(2, 60));
  expect(await load(corpora, collectionId)).toMatchObject({ notLoaded: 0, set: { size: 60 } });
  await fill(storage, collectionId, "two", draw(3, 40));
  expect(await load(corpora, collectionId)).toMatchObject({ notLoaded: 0, set: { size: 100 } });
  expect(loadedTimes()).toBe(0);
});

test("a source that is removed while the rest is read never comes back", async () => {
  const { storage, corpora, collectionId, loadedTimes } = await setUp({ firstRows: 50 });
  const { source, ids } = await fill(storage, collectionId, "goes", draw(4, 400));
  await fill(storage, collectionId, "stays", draw(5, 200));
  const { set } = await load(corpora, collectionId);
  await storage.removeSources({ sourceIds: [source.id], keptUntilMs: 0 });
  await corpora.forgetSource(source.id);
  await expect.poll(loadedTimes, SOON).toBe(1);
  expect(set.size).toBe(200);
  expect(ids.some((id) => set.has(id))).toBe(false);
});

test("reading that breaks off in the background goes on at the next question", async () => {
  let reads = 0;
  const { storage, corpora, collectionId } = await setUp(
    { firstRows: 50 },
    (read) => (input) => (++reads === 2 ? Promise.reject(new Error("the disk went away")) : read(input)),
  );
  await fill(storage, collectionId, "long", draw(6, 500));
  expect((await load(corpora, collectionId)).notLoaded).toBeGreaterThan(0);
  await expect.poll(() => reads, SOON).toBe(2);
  await expect.poll(async () => (await load(corpora, collectionId)).notLoaded, SOON).toBe(0);
});

test("fast is used where it pays, and given up where it finds too few of the nearest", async () => {
  const options = { fastFromBytes: 300 * DIM, idleMs: 1 };
  const { storage, corpora, collectionId } = await setUp(options);
  await fill(storage, collectionId, "few", draw(8, 50));
  const few = await load(corpora, collectionId, "fast");
  expect(few.exactness).toEqual({ used: "exact", why: "small" });

  // What all passages share and no question asks for is most of them: two bits a value leave nothing of the rest.
  const alike = draw(9, 1000).map((value, i) => (i % DIM === 0 ? 60 : value));
  await fill(storage, collectionId, "alike", alike);
  const fast = await load(corpora, collectionId, "fast");
  expect(fast.exactness).toEqual({ used: "fast", why: "asked" });
  for (let i = 0; i < 32; i++) fast.noteQuery(draw(20 + i, 1).fill(0, 0, 1));
  const used = async () => (await load(corpora, collectionId, "fast")).exactness;
  await expect.poll(used, SOON).toEqual({ used: "exact", why: "inexact" });
  expect((await load(corpora, collectionId)).exactness).toEqual({ used: "exact", why: "asked" });
});

test("fast stays where it finds the nearest", async () => {
  let compared = 0;
  const { storage, corpora, collectionId } = await setUp(
    { fastFromBytes: 0, idleMs: 1 },
    (read) => (input) => {
      if (input.afterId === 0) compared++;
      return read(input);
    },
  );
  await fill(storage, collectionId, "apart", draw(10, 150));
  const fast = await load(corpora, collectionId, "fast");
  compared = 0;
  const searches = vi.spyOn(fast.set, "search");
  fast.noteQuery(draw(11, 1));
  // The question and the ten passages of the first segment; the verdict is there with the last answer.
  await expect.poll(() => searches.mock.results.length, SOON).toBe(11);
  await Promise.all(searches.mock.results.map(({ value }) => value));
  expect(compared).toBe(2);
  expect((await load(corpora, collectionId, "fast")).exactness).toEqual({ used: "fast", why: "asked" });
});

/** Two shards, and how many scans they were asked for. */
function countedShards() {
  const faces = [shardHere(), shardHere()];
  let scans = 0;
  const counted = faces.map((face) => ({
    ...face,
    scan: (input: Parameters<typeof face.scan>[0]) => {
      scans++;
      return face.scan(input);
    },
  }));
  return { faces, counted, scans: () => scans };
}

test("a collection that grows while it is in use is shared out from then on", async () => {
  const { counted, scans } = countedShards();
  const startShards = () => ({
    faces: counted,
    lost: new Promise<void>(() => undefined),
    close: () => undefined,
  });
  const { storage, corpora, collectionId } = await setUp({ shareFromBytes: 200 * DIM, startShards });
  await fill(storage, collectionId, "little", draw(61, 150));
  const { set } = await load(corpora, collectionId);
  const vectors = draw(62, 100);
  await set.search(vectors.subarray(0, DIM), 1);
  expect(scans()).toBe(0);
  const { ids } = await fill(storage, collectionId, "more", vectors);
  const grown = await load(corpora, collectionId);
  expect(grown.set).toBe(set);
  const find = async (row: number) =>
    (await set.search(vectors.subarray(row * DIM, (row + 1) * DIM), 1)).ids[0];
  expect(await find(5)).toBe(ids[5]);
  await expect.poll(async () => ((await find(6)) === ids[6] ? scans() : -1), SOON).toBeGreaterThan(1);
});

test("large scans are shared out; when a worker is gone, the next question is answered without", async () => {
  let lose = (): void => undefined;
  const lost = new Promise<void>((resolve) => (lose = resolve));
  const { faces, counted, scans } = countedShards();
  const startShards = () => ({ faces: counted, lost, close: () => undefined });
  const { storage, corpora, collectionId } = await setUp({ shareFromBytes: 0, startShards });
  const vectors = draw(60, 120);
  const { ids } = await fill(storage, collectionId, "much", vectors);
  const query = vectors.subarray(77 * DIM, 78 * DIM);
  const { set } = await load(corpora, collectionId);
  expect((await set.search(query, 1)).ids[0]).toBe(ids[77]);
  expect(scans()).toBe(1);
  faces[0]!.lose("it was ended");
  lose();
  await expect(set.search(query, 1)).rejects.toThrow(expect.objectContaining({ code: "boundary/lost" }));
  const again = await load(corpora, collectionId);
  expect((await again.set.search(query, 1)).ids[0]).toBe(ids[77]);
  expect(scans()).toBeLessThanOrEqual(2);
});

test("a large exact collection is searched on the model's GPU, a fast one never", async () => {
  const device = {} as GPUDevice;
  const made: number[] = [];
  const createKernel: GpuSearch["createKernel"] = (dim, exactRows) => {
    made.push(dim);
    return KERNELS.wasm(dim, { exactRows });
  };
  const open = () => Promise.resolve({ createKernel });
  const gpu = { device: () => device, onFault: () => undefined, open, fromValues: 300 * DIM };
  const { storage, corpora, collectionId } = await setUp({ gpu, fastFromBytes: 1 });
  const vectors = draw(40, 300);
  const { ids } = await fill(storage, collectionId, "large", vectors);
  await load(corpora, collectionId, "fast");
  const { set } = await load(corpora, collectionId, "exact");
  await expect.poll(() => made, SOON).toEqual([DIM]);
  expect((await set.search(vectors.subarray(7 * DIM, 8 * DIM), 1)).ids[0]).toBe(ids[7]);
});
