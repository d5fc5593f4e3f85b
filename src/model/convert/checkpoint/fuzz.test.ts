import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isSextantError } from "../../../contract/index.ts";
import { openCheckpoint } from "./open-checkpoint.ts";
import { createCountedFolder } from "./testing/counted-folder.ts";
import { createMemorySink } from "./testing/memory-sink.ts";
import type { TensorToWrite } from "./testing/tensor-to-write.ts";
import { writeSafetensors } from "./testing/write-safetensors.ts";
import { writeTorchCheckpoint } from "./testing/write-torch-checkpoint.ts";
import { createZipWriter } from "./testing/zip-writer.ts";
import { listArchive, locateEntry } from "./torch/zip-archive.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const SEED = 20261121;
const TENSORS: readonly TensorToWrite[] = [
  {
    name: "a.weight",
    shape: [3, 4],
    dtype: "F32",
    values: () => Float32Array.from({ length: 12 }, (_, i) => i / 7),
  },
  { name: "b", shape: [5], dtype: "F16", values: () => Float32Array.of(1, -2, 3, -4, 5) },
  { name: "c", shape: [], dtype: "BF16", values: () => Float32Array.of(0.5) },
];

/** Lengths and places that a lie would use. */
const NUMBERS = [
  0n,
  1n,
  4n,
  0xffn,
  0xffffn,
  0x7fffffffn,
  0xffffffffn,
  2n ** 53n,
  2n ** 60n,
  2n ** 63n,
  2n ** 64n - 1n,
];

/** One change to a file, its place given as a part of the length, so that shrinking a file keeps it valid. */
const change = fc.oneof(
  fc.record({ kind: fc.constant("byte" as const), at: fc.nat(), value: fc.nat(255) }),
  fc.record({ kind: fc.constant("bit" as const), at: fc.nat(), value: fc.nat(7) }),
  fc.record({ kind: fc.constant("number" as const), at: fc.nat(), value: fc.constantFrom(...NUMBERS) }),
  fc.record({ kind: fc.constant("cut" as const), at: fc.nat(), value: fc.integer({ min: 1, max: 40 }) }),
  fc.record({
    kind: fc.constant("insert" as const),
    at: fc.nat(),
    value: fc.uint8Array({ minLength: 1, maxLength: 40 }),
  }),
  fc.record({ kind: fc.constant("copy" as const), at: fc.nat(), value: fc.nat() }),
  fc.record({ kind: fc.constant("end" as const), at: fc.nat(), value: fc.constant(0) }),
);
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;
const changes = fc.array(change, { minLength: 1, maxLength: 4 });

function apply(bytes: Bytes, { kind, at, value }: Change): Bytes {
  const place = at % (bytes.length + 1);
  const [before, after] = [bytes.slice(0, place), bytes.slice(place)];
  const joined = (...parts: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(parts));
  switch (kind) {
    case "byte":
      after.set([value].slice(0, after.length));
      return joined(before, after);
    case "bit":
      after.set([(after[0] ?? 0) ^ (1 << value)].slice(0, after.length));
      return joined(before, after);
    case "number":
      after.set(new Uint8Array(BigUint64Array.of(value).buffer).slice(0, Math.min(8, after.length)));
      return joined(before, after);
    case "cut":
      return joined(before, after.slice(value));
    case "insert":
      return joined(before, value, after);
    case "copy":
      return joined(before, bytes.slice(value % (bytes.length + 1)).slice(0, 60), after);
    case "end":
      return before;
  }
}

/**
 * Reads all of a file. Either every tensor has as many finite values as its shape says, or the refusal is one of the
 * model's; and no more is read or made than the file has.
 */
async function readAll(path: string, bytes: Bytes): Promise<Map<string, Float32Array> | null> {
  const folder = createCountedFolder({ [path]: bytes });
  try {
    const checkpoint = await openCheckpoint(folder);
    expect(folder.reads.bytes).toBeLessThanOrEqual(8 * bytes.length + 1000);
    const all = new Map<string, Float32Array>();
    for (const { name, shape } of checkpoint.tensors.values()) {
      const values = await checkpoint.readFloat(name);
      expect(values.length).toBe(shape.reduce((product, n) => product * n, 1));
      expect(values.length).toBeLessThanOrEqual(bytes.length);
      expect(values.every(Number.isFinite)).toBe(true);
      all.set(name, values);
    }
    return all;
  } catch (error) {
    if (!isSextantError(error)) throw error;
    expect(error.code).toMatch(/^model\/(corrupt|unsupported)$/);
    expect(error.message).toContain(path);
    expect(error.message.length).toBeLessThan(700);
    return null;
  }
}

async function written(write: typeof writeSafetensors): Promise<Bytes> {
  const sink = createMemorySink();
  await write(sink, TENSORS);
  return sink.bytes();
}

const golden = (name: string): Bytes =>
  new Uint8Array(readFileSync(new URL(`golden/${name}`, import.meta.url)));

/** The files of an archive, so that they can be changed under checksums that fit. */
async function unpack(bytes: Bytes): Promise<Map<string, Bytes>> {
  const folder = createCountedFolder({ f: bytes });
  const source = { ...(await folder.open("f")), path: "f" };
  const files = new Map<string, Bytes>();
  for (const entry of (await listArchive(source)).values()) {
    const start = await locateEntry(source, entry);
    files.set(entry.name, bytes.slice(start, start + entry.sizeBytes));
  }
  return files;
}

const runs = (numRuns: number) => ({ seed: SEED, numRuns });

describe("a changed file either reads or is refused by the model's codes", { timeout: 60_000 }, () => {
  test("safetensors", async () => {
    const valid = await written(writeSafetensors);
    expect((await readAll("model.safetensors", valid))?.size).toBe(3);
    const headerBytes = valid.length - 12 * 4 - 5 * 2 - 2;
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(changes, fc.boolean(), async (list, inHeader) => {
        const [head, body] = [valid.slice(0, headerBytes), valid.slice(headerBytes)];
        const changed = list.reduce(apply, inHeader ? head : valid);
        const bytes = inHeader ? Uint8Array.from([...changed, ...body]) : changed;
        if ((await readAll("model.safetensors", bytes)) === null) refused += 1;
      }),
      runs(2000),
    );
    expect(refused).toBeGreaterThan(1000);
  });

  test("a PyTorch checkpoint, whose checksums leave only what reads equal", async () => {
    const valid = await written(writeTorchCheckpoint);
    const original = await readAll("pytorch_model.bin", valid);
    expect(original?.size).toBe(3);
    let [equal, refused] = [0, 0];
    await fc.assert(
      fc.asyncProperty(changes, async (list) => {
        const read = await readAll("pytorch_model.bin", list.reduce(apply, valid));
        if (read === null) refused += 1;
        else {
          equal += 1;
          expect(read).toEqual(original);
        }
      }),
      runs(500),
    );
    expect(equal).toBeGreaterThan(10);
    expect(refused).toBeGreaterThan(200);
  });

  test.each(["element-types.bin", "views.bin", "training.bin", "protocol-4.bin", "system.bin"])(
    "the pickle of %s under a checksum that fits",
    async (name) => {
      const files = await unpack(golden(name));
      const pickleName = [...files.keys()].find((file) => file.endsWith("/data.pkl"))!;
      let refused = 0;
      await fc.assert(
        fc.asyncProperty(changes, async (list) => {
          const sink = createMemorySink();
          const zip = createZipWriter(sink);
          for (const [file, bytes] of files) {
            await zip.add(file, file === pickleName ? list.reduce(apply, bytes) : bytes);
          }
          await zip.close();
          if ((await readAll("pytorch_model.bin", sink.bytes())) === null) refused += 1;
        }),
        runs(250),
      );
      expect(refused).toBeGreaterThan(60);
    },
  );

  test("any bytes at all", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        expect(await readAll("pytorch_model.bin", Uint8Array.from(bytes))).toBeNull();
        expect((await readAll("model.safetensors", Uint8Array.from(bytes)))?.size ?? 0).toBe(0);
      }),
      runs(500),
    );
  });
});
