import { describe, expect, test } from "vitest";
import { halfToFloat, floatToHalf } from "../../../base/half.ts";
import { createRng } from "../../../base/rng.ts";
import { openCheckpoint } from "./open-checkpoint.ts";
import { createCountedFolder } from "./testing/counted-folder.ts";
import { createMemorySink } from "./testing/memory-sink.ts";
import type { TensorToWrite } from "./testing/tensor-to-write.ts";
import { writeSafetensors } from "./testing/write-safetensors.ts";
import { writeTorchCheckpoint } from "./testing/write-torch-checkpoint.ts";

const FORMATS = [
  { file: "model.safetensors", write: writeSafetensors },
  { file: "pytorch_model.bin", write: writeTorchCheckpoint },
] as const;

function random(
  name: string,
  shape: readonly number[],
  dtype: TensorToWrite["dtype"],
  seed: number,
): TensorToWrite {
  const count = shape.reduce((product, n) => product * n, 1);
  const values = () => {
    const rng = createRng(seed);
    return Float32Array.from({ length: count }, () => rng() - 0.5);
  };
  return { name, shape, dtype, values };
}

const constant = (name: string, ...values: number[]): TensorToWrite => ({
  name,
  shape: [values.length],
  dtype: "F32",
  values: () => Float32Array.from(values),
});

async function written(format: (typeof FORMATS)[number], tensors: readonly TensorToWrite[]) {
  const sink = createMemorySink();
  await format.write(sink, tensors);
  const folder = createCountedFolder({ [format.file]: sink.bytes() });
  return { folder, checkpoint: await openCheckpoint(folder), sizeBytes: sink.sizeBytes };
}

/** Of the value: half a unit in the last place of a significand of 24, 11, and 8 bits; below 2^-14 of float16, absolute. */
const ROUNDING = { F32: 0, F16: 2 ** -11, BF16: 2 ** -8 };

describe.each(FORMATS)("$file", (format) => {
  test.each(["F32", "F16", "BF16"] as const)(
    "values stored as %s come back, rounded to nearest",
    async (dtype) => {
      const tensor = random("w", [37, 11], dtype, 3);
      const { checkpoint } = await written(format, [tensor]);
      expect(checkpoint.tensors.get("w")).toMatchObject({ name: "w", dtype, shape: [37, 11] });
      const [got, want] = [await checkpoint.readFloat("w"), tensor.values()];
      expect(got.length).toBe(want.length);
      for (const [i, value] of want.entries()) {
        const allowed = ROUNDING[dtype] * Math.max(Math.abs(value), 2 ** -14);
        expect(Math.abs(got[i]! - value)).toBeLessThanOrEqual(allowed);
      }
    },
  );

  test("what it says of itself: path, size, names in the order of the file", async () => {
    const tensors = [random("b", [2], "F32", 1), random("a.1", [], "F32", 2), random("0", [3, 0], "F32", 3)];
    const { checkpoint, sizeBytes } = await written(format, tensors);
    expect(checkpoint).toMatchObject({ path: format.file, sizeBytes });
    expect([...checkpoint.tensors.keys()].sort()).toEqual(["0", "a.1", "b"]);
    expect((await checkpoint.readFloat("a.1")).length).toBe(1);
    expect((await checkpoint.readFloat("0")).length).toBe(0);
  });

  test("whole numbers come back as they are", async () => {
    const places = Float32Array.from({ length: 512 }, (_, i) => i - 3);
    const { checkpoint } = await written(format, [
      { name: "position_ids", shape: [1, 512], dtype: "I64", values: () => places },
      constant("w", 1),
    ]);
    expect(checkpoint.tensors.get("position_ids")).toMatchObject({ dtype: "I64", shape: [1, 512] });
    expect(await checkpoint.readFloat("position_ids")).toEqual(places);
  });

  test("rows are those of the whole", async () => {
    const { checkpoint } = await written(format, [
      random("w", [9, 2, 3], "BF16", 5),
      random("v", [4], "F32", 6),
    ]);
    const whole = await checkpoint.readFloat("w");
    expect(await checkpoint.readFloat("w", { from: 2, to: 5 })).toEqual(whole.slice(12, 30));
    expect(await checkpoint.readFloat("w", { from: 9, to: 9 })).toEqual(new Float32Array());
    await expect(checkpoint.readFloat("w", { from: 0, to: 10 })).rejects.toThrow(RangeError);
  });

  test("opening reads the description alone, a tensor its own bytes, rows theirs", async () => {
    const big = random("big", [1000, 64], "F32", 7);
    const { folder, checkpoint } = await written(format, [big, random("half", [5000, 64], "F16", 8)]);
    const { reads } = folder;
    // A zip file's directory is looked for in its last 64 kB.
    expect(reads.bytes).toBeLessThan(70_000);
    reads.bytes = 0;
    await checkpoint.readFloat("big", { from: 10, to: 12 });
    expect(reads.bytes).toBeLessThan(1000);
    reads.bytes = 0;
    await checkpoint.readFloat("big");
    expect(reads.bytes).toBeGreaterThanOrEqual(256_000);
    expect(reads.bytes).toBeLessThan(257_000);
  });

  test("what is converted is read in slices, and reads as if it were not", async () => {
    const tensor = random("w", [3000, 1001], "F16", 9);
    const { folder, checkpoint } = await written(format, [tensor]);
    const values = await checkpoint.readFloat("w");
    expect(folder.reads.largest).toBeLessThanOrEqual(4 * 2 ** 20);
    const want = tensor.values();
    for (const i of [0, 1, 2 ** 21 - 1, 2 ** 21, 2 ** 21 + 1, want.length - 1]) {
      expect(values[i]).toBe(halfToFloat(floatToHalf(want[i]!)));
    }
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    "a weight of %f is refused with the tensor and the file",
    async (bad) => {
      const { checkpoint } = await written(format, [
        constant("layer.weight", 1, bad, 2),
        constant("fine", 1),
      ]);
      await expect(checkpoint.readFloat("layer.weight")).rejects.toThrow(
        expect.objectContaining({
          code: "model/corrupt",
          message: expect.stringContaining(`"layer.weight" holds ${bad}`),
          details: expect.objectContaining({ file: format.file, tensor: "layer.weight" }),
        }),
      );
      expect(await checkpoint.readFloat("fine")).toEqual(Float32Array.of(1));
    },
  );

  test("a missing tensor is named", async () => {
    const { checkpoint } = await written(format, [constant("a", 1)]);
    await expect(checkpoint.readFloat("b")).rejects.toThrow(
      expect.objectContaining({ code: "model/corrupt", message: expect.stringContaining(`"b" is missing`) }),
    );
  });

  test("a file that is cut off is refused, wherever it is cut", async () => {
    const sink = createMemorySink();
    await format.write(sink, [random("w", [5, 7], "F32", 1), random("v", [9], "F16", 2)]);
    for (let end = 0; end < sink.sizeBytes; end += 13) {
      const folder = createCountedFolder({ [format.file]: sink.bytes().slice(0, end) });
      await expect(openCheckpoint(folder), `cut at ${end}`).rejects.toThrow(
        expect.objectContaining({ code: "model/corrupt", message: expect.stringContaining(format.file) }),
      );
    }
  });

  test("a Git LFS pointer is named as what it is", async () => {
    const pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 437955512\n";
    const folder = createCountedFolder({ [format.file]: new TextEncoder().encode(pointer) });
    await expect(openCheckpoint(folder)).rejects.toThrow(/Git LFS pointer/);
  });

  test("a file that can no longer be read is not called corrupt", async () => {
    const { folder } = await written(format, [random("w", [5, 7], "F32", 1)]);
    const source = await folder.open(format.file);
    const gone = { ...source, read: () => Promise.reject(new DOMException("changed", "NotReadableError")) };
    const checkpoint = openCheckpoint({ ...folder, open: () => Promise.resolve(gone) });
    await expect(checkpoint).rejects.toThrow(expect.objectContaining({ code: "model/not-found" }));
  });
});

test("safetensors is preferred", async () => {
  const [safetensors, torch] = await Promise.all(
    FORMATS.map(async (format, at) => {
      const sink = createMemorySink();
      await format.write(sink, [constant("w", at)]);
      return sink.bytes();
    }),
  );
  const files = { "pytorch_model.bin": torch!, "model.safetensors": safetensors! };
  expect((await openCheckpoint(createCountedFolder(files))).path).toBe("model.safetensors");
});

test("a folder without weights says what is missing", async () => {
  await expect(openCheckpoint(createCountedFolder({ "config.json": new Uint8Array() }))).rejects.toThrow(
    expect.objectContaining({
      code: "model/not-found",
      message: expect.stringMatching(/model\.safetensors.*pytorch_model\.bin/),
    }),
  );
});

test.each([
  "model.safetensors.index.json",
  "pytorch_model.bin.index.json",
  "model-00001-of-00002.safetensors",
  "pytorch_model-00001-of-00002.bin",
])("weights in several files are refused: %s", async (path) => {
  await expect(openCheckpoint(createCountedFolder({ [path]: new Uint8Array() }))).rejects.toThrow(
    expect.objectContaining({ code: "model/unsupported", message: expect.stringContaining("several files") }),
  );
});
