import { expect, test } from "vitest";
import { readSafetensors } from "./safetensors.ts";

function file(header: unknown, bodyBytes: number, headerBytes?: bigint): Uint8Array<ArrayBuffer> {
  const json = new TextEncoder().encode(typeof header === "string" ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + bodyBytes);
  new DataView(bytes.buffer).setBigUint64(0, headerBytes ?? BigInt(json.length), true);
  bytes.set(json, 8);
  bytes.fill(7, 8 + json.length);
  return bytes;
}
const f32 = (shape: number[], start: number, end: number) => ({
  dtype: "F32",
  shape,
  data_offsets: [start, end],
});

test("tensors are views into the file, whatever their order in the header", () => {
  const bytes = file({ __metadata__: { a: "b" }, y: f32([1], 8, 12), x: f32([1, 2], 0, 8) }, 12);
  const tensors = readSafetensors(bytes);
  expect([...tensors.keys()].sort()).toEqual(["x", "y"]);
  expect(tensors.get("x")).toMatchObject({ dtype: "F32", shape: [1, 2] });
  expect(tensors.get("x")?.bytes.buffer).toBe(bytes.buffer);
});

test.each([
  ["shorter than its length field", new Uint8Array(7)],
  ["a header longer than the file", file({}, 0, 1_000n)],
  ["a header length beyond any file", file({}, 0, 2n ** 63n)],
  ["a header that is no JSON", file("{", 0)],
  ["a header that is a list", file([], 0)],
  ["an entry that is no object", file({ x: 1 }, 0)],
  ["a negative size", file({ x: f32([-1], 0, 4) }, 4)],
  ["a fractional size", file({ x: f32([0.5], 0, 2) }, 2)],
  ["sizes whose product is larger than the place", file({ x: f32([2 ** 30, 2 ** 30], 0, 4) }, 4)],
  ["a place outside the file", file({ x: f32([2], 0, 8) }, 4)],
  ["a place that ends before it starts", file({ x: f32([1], 4, 0) }, 4)],
  ["overlapping tensors", file({ x: f32([2], 0, 8), y: f32([1], 4, 8) }, 8)],
  ["a gap between tensors", file({ x: f32([1], 0, 4), y: f32([1], 8, 12) }, 12)],
  ["bytes after the last tensor", file({ x: f32([1], 0, 4) }, 8)],
])("%s is refused", (_, bytes) => {
  expect(() => readSafetensors(bytes)).toThrow(expect.objectContaining({ code: "model/corrupt" }));
});

test("an element type that cannot be read is named", () => {
  const bf16 = file({ x: { dtype: "BF16", shape: [1], data_offsets: [0, 2] } }, 2);
  expect(() => readSafetensors(bf16)).toThrow(/BF16/);
});
