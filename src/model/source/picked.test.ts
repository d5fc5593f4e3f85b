import { expect, test } from "vitest";
import { findPicked } from "./picked.ts";
import { findPublished, onnxFor } from "./published-files.ts";

const pick = (...paths: string[]) =>
  findPicked(
    "my-model",
    paths.map((path) => ({ path, content: new Blob([path]) })),
  );
const codeOf = (...paths: string[]) => {
  try {
    return pick(...paths).files.format;
  } catch (error) {
    return error as { code: string; message: string; details: { missing?: string } };
  }
};

test("files at the top make a model; what is not needed is left out", () => {
  const { files } = pick("config.json", "README.md", "pytorch_model.bin", "tokenizer.json", "vocab.txt");
  expect(files).toEqual({
    format: "checkpoint",
    small: ["config.json", "tokenizer.json"],
    checkpoint: "pytorch_model.bin",
    onnx: [],
  });
});

test.each(["my-model/", "a/b/", "./", "C\\"])("they may lie in %s", async (root) => {
  const { files, folder } = pick(
    ...["config.json", "vocab.txt", "model.safetensors", "pytorch_model.bin", "1_Pooling/config.json"].map(
      (path) => root + path,
    ),
    ".DS_Store",
  );
  expect(files.checkpoint).toBe("model.safetensors");
  expect(files.small).toEqual(["config.json", "vocab.txt", "1_Pooling/config.json"]);
  expect(await folder.list()).toContainEqual({
    path: "model.safetensors",
    sizeBytes: `${root}model.safetensors`.length,
  });
  const source = await folder.open("config.json");
  expect(new TextDecoder().decode(await source.read(0, 99))).toBe(`${root}config.json`);
  await expect(folder.open("merges.txt")).rejects.toMatchObject({ code: "model/not-found" });
});

test("a folder of our own, and one of graphs alone, are known", () => {
  expect(codeOf("m/sextant.json", "m/config.json", "m/onnx/model.onnx")).toBe("sextant");
  expect(codeOf("m/config.json", "m/tokenizer.json", "m/onnx/model.onnx")).toBe("onnx");
  expect(codeOf("config.json", "tokenizer.json", "model_quantized.onnx")).toBe("onnx");
  expect(codeOf("onnx/config.json", "onnx/tokenizer.json", "onnx/model.onnx")).toBe("onnx");
  expect(codeOf("m/config.json", "m/tokenizer.json", "m/onnx/config.json", "m/onnx/model.onnx")).toBe("onnx");
});

test.each([
  [["model.safetensors", "tokenizer.json"], "config.json"],
  [["m/model.safetensors", "m/1_Pooling/config.json"], "config.json"],
  [["config.json", "model.safetensors", "merges.txt"], "tokenizer.json or vocab.txt"],
  [["config.json", "tokenizer.json"], "model.safetensors, pytorch_model.bin or an .onnx file"],
  [[], "config.json"],
])("%j lacks %s", (paths, missing) => {
  expect(codeOf(...paths)).toMatchObject({
    code: "model/not-found",
    message: expect.stringContaining(missing) as string,
    details: { missing },
  });
});

test.each([
  ["a/config.json", "b/config.json"],
  ["a/config.json", "b/sextant.json", "c.txt"],
  ["config.json", "config.json"],
])("%j and %j are two models", (...paths) => {
  expect(codeOf(...paths)).toMatchObject({ code: "engine/invalid-input" });
});

test("weights in several files are refused as such", () => {
  expect(codeOf("config.json", "tokenizer.json", "model-00001-of-00002.safetensors")).toMatchObject({
    code: "model/unsupported",
  });
});

test("the graph of a precision comes with the data beside it", () => {
  const files = findPublished(
    [
      "config.json",
      "tokenizer.json",
      "onnx/model.onnx",
      "onnx/model.onnx_data",
      "model_fp16.onnx",
      "onnx/model_q4f16.onnx",
    ],
    "x",
  );
  expect(onnxFor(files, "fp32", "x").map(({ path }) => path)).toEqual([
    "onnx/model.onnx",
    "onnx/model.onnx_data",
  ]);
  expect(onnxFor(files, "fp16", "x")).toEqual([{ path: "model_fp16.onnx", place: "onnx/model_fp16.onnx" }]);
  expect(() => onnxFor(files, "q4", "x")).toThrowError(/fp32, fp16\. Choose/);
});
