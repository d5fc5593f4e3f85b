import { parseArgs } from "node:util";
import { fromHalf, toHalf } from "../../src/base/half.ts";
import { createRng } from "../../src/base/rng.ts";
import { direct } from "../../src/boundary/index.ts";
import type { CorpusMake, CorpusReader, CorpusRow, StorageCalls } from "../../src/contract/index.ts";
import { createCorpora } from "../../src/engine/corpora.ts";
import { itemId } from "../../src/engine/remote/item-id.ts";
import { openLocalCorpus } from "../../src/engine/testing/local-corpus-reader.ts";
import { pushCorpus } from "../../src/engine/remote/push-corpus.ts";
import { keepPulledSource } from "../../src/engine/remote/keep-pulled-source.ts";
import { openChroma } from "../../src/remote/index.ts";
import { openStorage } from "../../src/storage/index.ts";
import { startChroma } from "../../tools/chroma/start-chroma.ts";

const DIM = 768;
const SOURCE = 500;
const BATCH = 500;
/** .993 was measured at 100,000 (docs/measurements.md). */
const LEAST_RECALL = 0.95;

/** Unit vectors around centres, in half precision's values, each a passage of some words. */
function makeRows(count: number): CorpusRow[] {
  const rng = createRng(1);
  const centres = Array.from({ length: Math.ceil(count / 200) }, () => randomUnit(rng));
  return Array.from({ length: count }, (_, i): CorpusRow => {
    const centre = centres[Math.floor(rng() * centres.length)] ?? new Float32Array(DIM);
    const vector = fromHalf(
      toHalf(unit(centre.map((value) => value + (0.9 * (rng() - 0.5) * 3.5) / Math.sqrt(DIM)))),
    );
    const digest = `source ${Math.floor(i / SOURCE)}`;
    const ordinal = i % SOURCE;
    const total = Math.min(SOURCE, count - Math.floor(i / SOURCE) * SOURCE);
    const passage = {
      title: digest,
      text: `passage number ${i} of the bench`,
      startUtf16: 0,
      endUtf16: 0,
      record: { kind: "document" },
    } as const;
    const source = { name: digest, format: "bench/1", digest, total, tags: [], dateMs: null };
    return { item: { id: itemId(digest, ordinal, passage), source, ordinal, passage }, vector };
  });
}

function randomUnit(rng: () => number): Float32Array {
  return unit(Float32Array.from({ length: DIM }, () => rng() - 0.5));
}

function unit(values: Float32Array): Float32Array {
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
}

/**
 * How quickly passages reach a Chroma server, and how quickly it answers beside the local store: both in one run, on the
 * same vectors and queries, from this process. Its answers are checked against the local ones, which are exact.
 */
export async function bench(args: readonly string[]): Promise<object> {
  const { values } = parseArgs({
    args: [...args],
    options: { rows: { type: "string", default: "100000" }, queries: { type: "string", default: "100" } },
  });
  const [count, queries] = [Number(values.rows), Number(values.queries)];
  const server = await startChroma();
  if (!server) throw new Error("No Chroma server can be started here.");
  const rows = makeRows(count);
  const make: CorpusMake = {
    name: "Bench",
    kind: "document",
    task: "qa",
    modelId: "random",
    modelKey: "random/fp32",
    dtype: "fp32",
    dim: DIM,
    similarity: "cosine",
    chunkers: [],
  };
  const opened = await openStorage({ where: { kind: "memory" } });
  const storage = direct<StorageCalls>(opened.handlers, opened.close);
  const corpora = createCorpora(storage);
  try {
    const { id: collectionId } = await storage.createCollection({ name: make.name, kind: make.kind });
    const { id: indexId } = await storage.openIndex({
      collectionId,
      task: make.task,
      modelKey: make.modelKey,
      dim: DIM,
    });
    for (let from = 0; from < count; from += SOURCE) {
      const own = rows.slice(from, from + SOURCE);
      const bits = toHalf(Float32Array.from(own.flatMap(({ vector }) => [...vector])));
      const items = own.map(({ item }) => item);
      if (items[0])
        await keepPulledSource(storage, collectionId, items[0].source, items, [{ indexId, vectors: bits }]);
    }
    const local = await openLocalCorpus({ storage, corpora, collectionId, make });
    const remote = await openChroma({ url: server.url, tenant: "", database: "" }).openFor("bench-qa", make);

    const vectors = new Map(rows.map(({ item, vector }) => [item.id, vector]));
    const startedMs = performance.now();
    await pushCorpus(
      {
        total: count,
        async *batches() {
          for (let from = 0; from < count; from += BATCH)
            yield rows.slice(from, from + BATCH).map(({ item }) => item);
        },
        vectorsOf: async (items) => items.map(({ id }) => vectors.get(id) ?? new Float32Array(DIM)),
      },
      remote,
      { signal: new AbortController().signal, scope: "whole" },
    );
    const pushSeconds = (performance.now() - startedMs) / 1000;

    const rng = createRng(2);
    const times = { local: [] as number[], remote: [] as number[] };
    let [shared, wanted] = [0, 0];
    const timed = async (store: CorpusReader, into: number[], vector: Float32Array): Promise<string[]> => {
      const fromMs = performance.now();
      const hits = await store.nearest({ vector, limit: 10 });
      into.push(performance.now() - fromMs);
      return hits.map(({ item }) => item.id);
    };
    for (let i = -5; i < queries; i++) {
      const near = rows[Math.floor(rng() * count)]?.vector ?? new Float32Array(DIM);
      const query = unit(near.map((value) => value + (rng() - 0.5) / Math.sqrt(DIM)));
      const exact = await timed(local, i < 0 ? [] : times.local, query);
      const found = new Set(await timed(remote, i < 0 ? [] : times.remote, query));
      wanted += exact.length;
      shared += exact.filter((id) => found.has(id)).length;
    }
    const recallAt10 = Number((shared / wanted).toFixed(4));
    if (!(recallAt10 >= LEAST_RECALL))
      throw new Error(
        `Of the ten nearest the server found ${recallAt10}: at least ${LEAST_RECALL} is wanted.`,
      );
    return {
      rows: count,
      dim: DIM,
      queries,
      passagesPerSecond: Math.round(count / pushSeconds),
      recallAt10,
      local: quantiles(times.local),
      remote: quantiles(times.remote),
    };
  } finally {
    corpora.close();
    await storage.close();
    await server.close();
  }
}

function quantiles(times: readonly number[]): object {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (part: number): number =>
    Number((sorted[Math.floor(part * (sorted.length - 1))] ?? 0).toFixed(1));
  return { p50Ms: at(0.5), p95Ms: at(0.95) };
}
