import { expect, test } from "vitest";
import { toHalf } from "../../base/half.ts";
import type { StoredTensor, Tensors } from "./safetensors.ts";
import { openWeights } from "./weights.ts";

const bytesOf = (array: Float32Array | Uint16Array | Int8Array) => new Uint8Array(array.slice().buffer);
const tensors: Tensors = new Map<string, StoredTensor>([
  ["half", { dtype: "F16", shape: [1, 2], bytes: bytesOf(toHalf(Float32Array.of(0.5, -2))) }],
  ["byte", { dtype: "I8", shape: [2, 2], bytes: bytesOf(Int8Array.of(127, -127, 1, 0)) }],
  ["byte.scale", { dtype: "F32", shape: [2], bytes: bytesOf(Float32Array.of(0.5, 2)) }],
]);
const weights = openWeights(tensors);

test("whatever is stored can be had in float and in 8 bits", () => {
  expect([...weights.float("half")]).toEqual([0.5, -2]);
  expect([...weights.float("byte")]).toEqual([63.5, -63.5, 2, 0]);
  expect(weights.rows("byte")).toEqual({
    values: Int8Array.of(127, -127, 1, 0),
    scales: Float32Array.of(0.5, 2),
  });
  expect([...weights.rows("half").values]).toEqual([32, -127]);
});

test("a tensor that starts at an odd byte of its file is read all the same", () => {
  const file = new Uint8Array(9);
  file.set(bytesOf(Float32Array.of(1.5, -3)), 1);
  const odd = openWeights(new Map([["x", { dtype: "F32", shape: [2], bytes: file.subarray(1) }]]));
  expect([...odd.float("x")]).toEqual([1.5, -3]);
});

test("weights that are not there are named", () => {
  expect(() => weights.float("pooler.weight")).toThrow(
    expect.objectContaining({ code: "model/unsupported", details: { tensor: "pooler.weight" } }),
  );
});
