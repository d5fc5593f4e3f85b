import fc from "fast-check";
import { PbfWriter } from "pbf";
import { expect, test } from "vitest";
import { isSextantError } from "../../../contract/index.ts";
import { bytesOf } from "../matrix.ts";
import { collectFile } from "../testing/store-in-memory.ts";
import { createGraph } from "./graph.ts";
import { add, matMul } from "./ops/standard.ts";
import { readOnnx } from "./read.ts";
import { planModel } from "./write.ts";

function smallModel() {
  const g = createGraph("small");
  const x = g.input("x", "float32", ["n", 3]);
  const w = g.deferred("w", "float32", [3, 2], async function* () {
    yield bytesOf(Float32Array.of(1, 2, 3));
    yield bytesOf(Float32Array.of(4, 5, 6));
  });
  const bytes = g.deferred("bytes", "int8", [2], async function* () {
    yield bytesOf(Int8Array.of(-1, 7));
  });
  g.output("y", add(g, matMul(g, x, w), g.constant(Float32Array.of(1, -1), [2], "b")), "float32", ["n", 2]);
  g.output("z", bytes, "int8", [2]);
  return g.model({ sextant: '{"format":1}', "": "empty key" });
}
const file = await collectFile(planModel(smallModel()));

test("what is streamed is read back: weights as views, words about the file, ports", () => {
  const read = readOnnx(file, "small.onnx");
  expect([...read.tensors.keys()].sort()).toEqual(["b", "bytes", "w"]);
  const w = read.tensors.get("w");
  expect(w).toMatchObject({ type: "float32", shape: [3, 2] });
  expect(w?.data.buffer).toBe(file.buffer);
  expect([...new Float32Array(w?.data.slice().buffer ?? new ArrayBuffer())]).toEqual([1, 2, 3, 4, 5, 6]);
  expect([...(read.tensors.get("bytes")?.data ?? [])]).toEqual([255, 7]);
  expect(read.metadata.get("sextant")).toBe('{"format":1}');
  expect(read.metadata.get("")).toBe("empty key");
  expect(read.opsets.get("")).toBe(17);
  expect([read.inputs, read.outputs]).toEqual([["x"], ["y", "z"]]);
});

test("another reader takes it too: ONNX Runtime computes with the streamed weights", async () => {
  const runtime = await import("onnxruntime-web");
  const session = await runtime.InferenceSession.create(file, { executionProviders: ["wasm"] });
  const { y } = await session.run({ x: new runtime.Tensor("float32", Float32Array.of(1, 0, 2), [1, 3]) });
  expect([...((y?.data ?? []) as Float32Array)]).toEqual([12, 13]);
  await session.release();
});

test("a weight that comes with other than its bytes is a mistake of the program", async () => {
  const g = createGraph("wrong");
  g.deferred("w", "float32", [2], async function* () {
    yield new Uint8Array(4);
  });
  await expect(collectFile(planModel(g.model({})))).rejects.toThrow(/8 bytes came with 4/);
});

test("more than the format holds is refused before anything is written", () => {
  const g = createGraph("large");
  const none = async function* () {};
  for (let i = 0; i < 3; i++) g.deferred(`w${i}`, "float32", [1 << 28], none);
  expect(() => planModel(g.model({}))).toThrow(expect.objectContaining({ code: "model/too-large" }));
});

/** A model file that holds one tensor message, written field by field. */
function fileWith(write: (pbf: PbfWriter) => void): Uint8Array<ArrayBuffer> {
  const pbf = new PbfWriter();
  pbf.writeMessage(7, (_, graph) => graph.writeMessage(5, (__, tensor) => write(tensor), null), null);
  return new Uint8Array(pbf.finish());
}
const tensor = (pbf: PbfWriter, shape: number[], type: number, bytes: number) => {
  for (const size of shape) pbf.writeVarintField(1, size);
  pbf.writeVarintField(2, type);
  pbf.writeStringField(8, "w");
  pbf.writeBytesField(9, new Uint8Array(bytes));
};

test("sizes that are packed into one field are sizes", () => {
  const read = readOnnx(
    fileWith((pbf) => {
      pbf.writePackedVarint(1, [2, 3]);
      tensor(pbf, [], 3, 6);
    }),
    "m.onnx",
  );
  expect(read.tensors.get("w")?.shape).toEqual([2, 3]);
});

test.each([
  ["no file at all", "model/corrupt", () => new TextEncoder().encode("<!doctype html>")],
  ["a file that was cut off", "model/corrupt", () => file.slice(0, file.length - 3)],
  ["a weight that does not fill its shape", "model/corrupt", () => fileWith((p) => tensor(p, [2, 3], 1, 20))],
  ["sizes beyond any file", "model/corrupt", () => fileWith((p) => tensor(p, [2 ** 40, 2 ** 40], 3, 8))],
  ["a negative size", "model/corrupt", () => fileWith((p) => tensor(p, [-1], 3, 1))],
  ["twenty axes", "model/corrupt", () => fileWith((p) => tensor(p, Array(20).fill(1), 3, 1))],
  ["the same weight twice", "model/corrupt", () => new Uint8Array([...file, ...file])],
  ["an element type that is not read", "model/unsupported", () => fileWith((p) => tensor(p, [1], 11, 8))],
  ["values in typed fields", "model/unsupported", () => fileWith((p) => p.writeVarintField(2, 1))],
  [
    "values in another file",
    "model/unsupported",
    () =>
      fileWith((p) => {
        p.writeVarintField(2, 1);
        p.writeVarintField(14, 1);
      }),
  ],
])("%s is refused", (_, code, bytes) => {
  expect(() => readOnnx(new Uint8Array(bytes()), "m.onnx")).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining("m.onnx") }),
  );
});

test("whatever is done to a file, it is read or refused", () => {
  const position = fc.integer({ min: 0, max: file.length - 1 });
  const edits = fc.array(fc.tuple(position, fc.integer({ min: 0, max: 255 })), {
    minLength: 1,
    maxLength: 8,
  });
  const attempt = (bytes: Uint8Array<ArrayBuffer>) => {
    try {
      const { tensors } = readOnnx(bytes, "m.onnx");
      for (const { data } of tensors.values())
        expect(data.byteOffset + data.length).toBeLessThanOrEqual(bytes.length);
    } catch (error) {
      if (!isSextantError(error)) throw error;
    }
  };
  fc.assert(
    fc.property(edits, position, fc.boolean(), (changes, end, cut) => {
      const bytes = file.slice(0, cut ? end : file.length);
      for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
      attempt(bytes);
    }),
    { seed: 3, numRuns: 3000 },
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => attempt(new Uint8Array(bytes))),
    { seed: 4, numRuns: 2000 },
  );
});
