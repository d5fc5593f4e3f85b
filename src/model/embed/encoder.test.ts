import { expect, test } from "vitest";
import { modelInfo } from "../manifest.ts";
import { mini } from "../catalog/mini.ts";
import type { EncoderSession, TokenBatch } from "../session/session.ts";
import type { TextTokenizer } from "../tokenize/tokenizer.ts";
import { createEncoder, type Encoder } from "./encoder.ts";
import { createPace } from "./pace.ts";

const DIM = 4;
/** Ids are character codes; a row's vector says its first character and how many there were. */
const tokenizer: TextTokenizer = {
  encode: (text, limit) => [2, ...Array.from(text, (c) => c.codePointAt(0) ?? 0).slice(0, limit - 2), 3],
  count: (text) => text.length,
};

function open(
  run?: (batch: TokenBatch) => Promise<void>,
  value = (id: number) => id,
  { buckets = [] as readonly number[], maxTokens = 512, runsAtOnce = 1 } = {},
) {
  const batches: TokenBatch[] = [];
  const session: EncoderSession = {
    runsAtOnce,
    async run(batch) {
      batches.push(batch);
      await run?.(batch);
      const out = new Float32Array(batch.rows * DIM);
      for (let row = 0; row < batch.rows; row++) {
        const own = batch.mask.subarray(row * batch.length, (row + 1) * batch.length);
        out.set([value(batch.ids[row * batch.length + 1] ?? 0), own.reduce((a, b) => a + b, 0)], row * DIM);
      }
      return out;
    },
    close: () => Promise.resolve(),
  };
  const device: Encoder["device"] = {
    used: "wasm",
    dtype: "fp32",
    arithmetic: "float32",
    adapter: null,
    threads: 1,
    parityCosine: null,
    loadMs: 0,
  };
  const info = { ...modelInfo(mini, "q8"), dim: DIM, maxTokens };
  return {
    encoder: createEncoder({ info, device, tokenizer, session, buckets, pace: createPace() }),
    batches,
  };
}
const firstOf = (vectors: Float32Array, row: number) => String.fromCodePoint(vectors[row * DIM] ?? 0);
const later = { limitTokens: 512, urgency: "later" } as const;

test("rows come back in the order of the texts, however they were batched", async () => {
  const { encoder, batches } = open();
  const texts = Array.from({ length: 200 }, (_, i) =>
    String.fromCodePoint(0x100 + i).repeat(1 + ((i * 37) % 90)),
  );
  const { vectors, tokens } = await encoder.encode(texts, later);
  expect(batches.length).toBeGreaterThan(1);
  expect(texts.map((_, i) => firstOf(vectors, i))).toEqual(texts.map((text) => text[0]));
  expect(texts.map((_, i) => vectors[i * DIM + 1])).toEqual(texts.map((text) => text.length + 2));
  expect(tokens).toBe(texts.reduce((sum, text) => sum + text.length + 2, 0));
});

test("a text that is repeated is computed once", async () => {
  const { encoder, batches } = open();
  const { vectors, tokens } = await encoder.encode(["aa", "b", "aa", "b", "aa"], later);
  expect(batches.reduce((rows, batch) => rows + batch.rows, 0)).toBe(2);
  expect(tokens).toBe(4 + 3);
  expect([0, 1, 2, 3, 4].map((row) => firstOf(vectors, row)).join("")).toBe("ababa");
});

test("a query goes before the next batch of an indexing run", async () => {
  const { encoder, batches } = open();
  const order: string[] = [];
  const texts = Array.from({ length: 300 }, (_, i) => `${i}`.padEnd(100, "x"));
  const indexing = encoder.encode(texts, later).then(() => order.push("index"));
  const query = encoder.encode(["?"], { limitTokens: 64, urgency: "now" }).then(() => order.push("query"));
  await Promise.all([indexing, query]);
  expect(order).toEqual(["query", "index"]);
  expect(batches.findIndex((batch) => batch.ids[1] === "?".codePointAt(0))).toBe(1);
  expect(batches.length).toBeGreaterThan(3);
});

test("a query that arrives as a message is heard while a long list is encoded", async () => {
  const { encoder } = open();
  const order: string[] = [];
  const { port1, port2 } = new MessageChannel();
  const heard = new Promise<void>((resolve, reject) => {
    port1.onmessage = () => {
      port1.close();
      const query = encoder.encode(["?"], { limitTokens: 64, urgency: "now" });
      query.then(() => order.push("query")).then(() => resolve(), reject);
    };
  });
  const texts = Array.from({ length: 300 }, (_, i) => `${i}`.padEnd(100, "x"));
  const indexing = encoder.encode(texts, later).then(() => order.push("index"));
  port2.postMessage("query");
  await Promise.all([indexing, heard]);
  expect(order).toEqual(["query", "index"]);
});

test("an abort takes effect after the batch that is running", async () => {
  const stop = new AbortController();
  const { encoder, batches } = open(async () => stop.abort());
  const texts = Array.from({ length: 300 }, (_, i) => `${i}`.padEnd(100, "x"));
  await expect(encoder.encode(texts, { ...later, signal: stop.signal })).rejects.toMatchObject({
    name: "AbortError",
  });
  expect(batches).toHaveLength(1);
  await expect(encoder.encode(["after"], later)).resolves.toBeDefined();
});

test("texts over the limit are cut, limits that cannot be are refused", async () => {
  const { encoder, batches } = open();
  await encoder.encode(["x".repeat(900)], { limitTokens: 256, urgency: "now" });
  expect(batches[0]?.length).toBe(256);
  for (const limitTokens of [2, 513, 1.5, Number.NaN]) {
    await expect(encoder.encode(["x"], { limitTokens, urgency: "now" })).rejects.toMatchObject({
      code: "engine/invalid-input",
    });
  }
});

test("no texts are no work", async () => {
  const { encoder, batches } = open();
  await expect(encoder.encode([], later)).resolves.toEqual({ vectors: new Float32Array(0), tokens: 0 });
  expect(batches).toHaveLength(0);
});

test("vectors that are no numbers are an error, never a result", async () => {
  const { encoder } = open(undefined, () => Number.NaN);
  await expect(encoder.encode(["x"], later)).rejects.toMatchObject({ code: "vectors/nan" });
});

test("closing waits for the batch that runs and rejects what waits", async () => {
  let finish = () => {};
  const { encoder, batches } = open(() => new Promise((resolve) => (finish = resolve)));
  const texts = Array.from({ length: 300 }, (_, i) => `${i}`.padEnd(100, "x"));
  const indexing = encoder.encode(texts, later);
  const closing = encoder.close();
  finish();
  await closing;
  await expect(indexing).rejects.toMatchObject({ code: "boundary/closed" });
  await expect(encoder.encode(["x"], later)).rejects.toMatchObject({ code: "boundary/closed" });
  expect(batches).toHaveLength(1);
});

test("warming runs each row length as one row, shortest first, then as full batches; no row outgrows the model", async () => {
  const { encoder, batches } = open(undefined, undefined, { buckets: [16, 64, 128, 512], maxTokens: 300 });
  await encoder.warm();
  expect(batches.map(({ rows, length }) => [rows, length])).toEqual([
    [1, 16],
    [1, 64],
    [1, 128],
    [1, 300],
    [32, 16],
    [8, 64],
    [4, 128],
  ]);
  await encoder.encode(["x".repeat(250)], { ...later, limitTokens: 300 });
  expect(batches.at(-1)).toMatchObject({ rows: 1, length: 300 });
});

test("warming lets texts go first, stops when it is not wanted, and is nothing where lengths are not fixed", async () => {
  const stop = new AbortController();
  const warm = open(undefined, undefined, { buckets: [16, 64, 128, 512] });
  const warming = warm.encoder.warm(stop.signal);
  await warm.encoder.encode(["?"], { limitTokens: 16, urgency: "now" });
  expect(warm.batches[1]?.ids[1]).toBe("?".codePointAt(0));
  stop.abort();
  await expect(warming).rejects.toMatchObject({ name: "AbortError" });
  const free = open();
  await free.encoder.warm();
  expect(free.batches).toEqual([]);
});

/** A device that takes two runs at once and finishes them when told to. */
function openTwoAtOnce() {
  const finish: ((error?: Error) => void)[] = [];
  const opened = open(
    () => new Promise((resolve, reject) => finish.push((error) => (error ? reject(error) : resolve()))),
    undefined,
    { runsAtOnce: 2 },
  );
  return { ...opened, finish };
}
const settled = () => new Promise((resolve) => setTimeout(resolve));
const long = (count: number) => Array.from({ length: count }, (_, i) => `${i}`.padEnd(100, "x"));

test("a device that takes two runs at once has the next batch before it ends one; a query goes before the third", async () => {
  const { encoder, batches, finish } = openTwoAtOnce();
  const texts = long(30);
  const indexing = encoder.encode(texts, later);
  await settled();
  expect(batches).toHaveLength(2);
  const query = encoder.encode(["?"], { limitTokens: 64, urgency: "now" });
  await settled();
  expect(batches).toHaveLength(2);
  finish[0]?.();
  await settled();
  expect(batches).toHaveLength(3);
  expect(batches[2]?.ids[1]).toBe("?".codePointAt(0));
  for (let i = 1; i < 99; i++) {
    finish[i]?.();
    await settled();
  }
  const { vectors } = await indexing;
  expect(texts.map((_, i) => firstOf(vectors, i))).toEqual(texts.map((text) => text[0]));
  expect((await query).tokens).toBe(3);
});

test("the texts of the next window are tokenised while the device computes", async () => {
  const { encoder, batches, finish } = openTwoAtOnce();
  const encoding = encoder.encode(
    Array.from({ length: 513 }, (_, i) => String.fromCodePoint(0x4e00 + i)),
    later,
  );
  const finished = encoding.then(() => true);
  for (let i = 0; i < 512 && !batches.some(({ rows }) => rows === 1); i++) {
    finish[i]?.();
    await settled();
  }
  // The last text, in a window of its own, is there although a batch of the first window still runs.
  expect(batches.at(-1)?.ids[1]).toBe(0x4e00 + 512);
  expect(finish.length).toBe(batches.length);
  for (const end of finish) end();
  expect(await finished).toBe(true);
});

test("a batch that fails does so once the other has ended; the encoder goes on", async () => {
  const { encoder, batches, finish } = openTwoAtOnce();
  let ended = false;
  const failing = encoder.encode(long(30), later).finally(() => (ended = true));
  failing.catch(() => undefined);
  await settled();
  finish[0]?.(new Error("no"));
  await settled();
  expect(ended).toBe(false);
  finish[1]?.();
  await expect(failing).rejects.toThrow("no");
  expect(batches).toHaveLength(2);
  const next = encoder.encode(["a"], later);
  await settled();
  finish[2]?.();
  await expect(next).resolves.toMatchObject({ tokens: 3 });
});

test("closing waits for both runs", async () => {
  const { encoder, finish } = openTwoAtOnce();
  const encoding = encoder.encode(long(30), later);
  encoding.catch(() => undefined);
  await settled();
  let closed = false;
  const closing = encoder.close().then(() => (closed = true));
  finish[0]?.();
  await settled();
  expect(closed).toBe(false);
  finish[1]?.();
  await closing;
  await expect(encoding).rejects.toMatchObject({ code: "boundary/closed" });
});
