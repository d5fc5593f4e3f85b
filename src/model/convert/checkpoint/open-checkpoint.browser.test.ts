import { expect, test } from "vitest";
import { blobSource } from "../../../base/byte-source.ts";
import { openCheckpoint } from "./open-checkpoint.ts";
import { createMemorySink } from "./testing/memory-sink.ts";
import { writeSafetensors } from "./testing/write-safetensors.ts";
import { writeTorchCheckpoint } from "./testing/write-torch-checkpoint.ts";

test.each([
  ["model.safetensors", writeSafetensors],
  ["pytorch_model.bin", writeTorchCheckpoint],
] as const)("a picked %s is read by range", async (path, write) => {
  const values = Float32Array.from({ length: 6000 }, (_, i) => i / 8);
  const sink = createMemorySink();
  await write(sink, [
    { name: "w", shape: [60, 100], dtype: "F32", values: () => values },
    { name: "h", shape: [3], dtype: "BF16", values: () => Float32Array.of(1, -2, 0.5) },
  ]);
  const file = new File([sink.bytes()], path);
  const checkpoint = await openCheckpoint({
    list: () => Promise.resolve([{ path, sizeBytes: file.size }]),
    open: () => Promise.resolve(blobSource(file)),
  });
  expect(await checkpoint.readFloat("w")).toEqual(values);
  expect(await checkpoint.readFloat("w", { from: 3, to: 4 })).toEqual(values.slice(300, 400));
  expect(await checkpoint.readFloat("h")).toEqual(Float32Array.of(1, -2, 0.5));
});
