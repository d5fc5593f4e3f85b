import { expect, test } from "vitest";
import { openCheckpoint } from "./open-checkpoint.ts";
import { createCountedFolder } from "./testing/counted-folder.ts";

function file(header: unknown, bodyBytes: number, headerBytes?: bigint): Uint8Array<ArrayBuffer> {
  const json = new TextEncoder().encode(typeof header === "string" ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + bodyBytes);
  new DataView(bytes.buffer).setBigUint64(0, headerBytes ?? BigInt(json.length), true);
  bytes.set(json, 8);
  for (let i = 0; i < bodyBytes; i++) bytes[8 + json.length + i] = i;
  return bytes;
}

const entry = (dtype: unknown, shape: unknown, start: number, end: number) => ({
  dtype,
  shape,
  data_offsets: [start, end],
});
const f32 = (shape: unknown, start: number, end: number) => entry("F32", shape, start, end);
const open = (bytes: Uint8Array<ArrayBuffer>) =>
  openCheckpoint(createCountedFolder({ "model.safetensors": bytes }));

test("tensors come in the order of the file, whatever their order in the header", async () => {
  const checkpoint = await open(
    file({ __metadata__: { a: "b" }, y: f32([1], 8, 12), x: f32([1, 2], 0, 8) }, 12),
  );
  expect([...checkpoint.tensors.keys()]).toEqual(["x", "y"]);
  expect(checkpoint.tensors.get("x")).toMatchObject({ dtype: "F32", shape: [1, 2] });
});

test.each([
  ["F64", new Float64Array([1.5, -2])],
  ["I64", new BigInt64Array([3n, -4n])],
  ["I32", new Int32Array([5, -6])],
  ["I16", new Int16Array([7, -8])],
  ["I8", new Int8Array([9, -10])],
  ["U8", new Uint8Array([11, 250])],
  ["BOOL", new Uint8Array([1, 0])],
])("%s is read as float32", async (dtype, values) => {
  const bytes = file({ x: entry(dtype, [2], 0, values.byteLength) }, values.byteLength);
  bytes.set(new Uint8Array(values.buffer), bytes.length - values.byteLength);
  const checkpoint = await open(bytes);
  expect(await checkpoint.readFloat("x")).toEqual(Float32Array.from(values, Number));
});

test("a float64 beyond float32 is refused, not made infinite", async () => {
  const bytes = file({ x: entry("F64", [1], 0, 8) }, 8);
  new DataView(bytes.buffer).setFloat64(bytes.length - 8, 1e300, true);
  await expect((await open(bytes)).readFloat("x")).rejects.toThrow(/"x" holds Infinity/);
});

test.each([
  ["shorter than its length field", new Uint8Array(7), "shorter than its header"],
  ["a header longer than the file", file({}, 0, 1_000n), "header ends outside"],
  ["a header of 2^60 bytes", file({}, 0, 2n ** 60n), "header ends outside"],
  ["a header length beyond any file", file({}, 0, 2n ** 63n), "header ends outside"],
  ["a header that is no JSON", file("{", 0), "no JSON"],
  ["a header that is no UTF-8", file("", 1, 1n).fill(0xff, 8), "no JSON"],
  ["a header that is a list", file([], 0), "no object"],
  ["an entry that is no object", file({ x: 1 }, 0), "no description"],
  ["no dtype", file({ x: entry(undefined, [1], 0, 4) }, 4), "no element type"],
  ["a negative size", file({ x: f32([-1], 0, 4) }, 4), "no valid shape"],
  ["a fractional size", file({ x: f32([0.5], 0, 2) }, 2), "no valid shape"],
  ["a shape that is no list", file({ x: f32("3", 0, 12) }, 12), "no valid shape"],
  [
    "sizes whose product is larger than the place",
    file({ x: f32([2 ** 30, 2 ** 30], 0, 4) }, 4),
    "does not fill",
  ],
  [
    "sizes whose product is no number",
    file({ x: f32([...Array<number>(40).fill(2 ** 52), 0], 0, 0) }, 0),
    "does not fill",
  ],
  ["2^60 bytes", file({ x: f32([2 ** 29, 2 ** 29], 0, 2 ** 60) }, 4), "no valid place"],
  ["bytes of another dtype", file({ x: entry("F16", [2], 0, 8) }, 8), "does not fill its place as F16"],
  ["a place outside the file", file({ x: f32([2], 0, 8) }, 4), "ends outside"],
  ["a place that ends before it starts", file({ x: f32([1], 4, 0) }, 4), "does not fill"],
  ["overlapping tensors", file({ x: f32([2], 0, 8), y: f32([1], 4, 8) }, 8), "overlaps"],
  ["a gap between tensors", file({ x: f32([1], 0, 4), y: f32([1], 8, 12) }, 12), "gap"],
  ["bytes after the last tensor", file({ x: f32([1], 0, 4) }, 8), "bytes follow"],
])("%s is refused with the file and the reason", async (_, bytes, reason) => {
  await expect(open(bytes)).rejects.toThrow(
    expect.objectContaining({
      code: "model/corrupt",
      message: expect.stringContaining(reason),
      details: expect.objectContaining({ file: "model.safetensors" }),
    }),
  );
});

test("an element type that cannot be read is named with its tensor", async () => {
  await expect(open(file({ x: entry("F8_E5M2", [1], 0, 1) }, 1))).rejects.toThrow(
    expect.objectContaining({
      code: "model/unsupported",
      message: expect.stringMatching(/model\.safetensors.*"x".*F8_E5M2/),
    }),
  );
});

test("names from a hostile file do not fill the message", async () => {
  const name = "x".repeat(100_000);
  await expect(open(file({ [name]: 1 }, 0))).rejects.toThrow(
    expect.objectContaining({ message: expect.stringMatching(/^.{1,400}$/) }),
  );
});
