import { expect, test } from "vitest";
import { partModels } from "./model-files.ts";

const NOTHING = { size: 0, slice: () => new Blob() };
const files = (...paths: string[]) => paths.map((path) => ({ path, content: NOTHING }));
const pathsOf = (found: readonly { readonly path: string }[]) => found.map(({ path }) => path);

test("a folder as models are published is one model; its page is no document", () => {
  const { models, others } = partModels(
    files(
      "bert/README.md",
      "bert/config.json",
      "bert/vocab.txt",
      "bert/model.safetensors",
      "bert/1_Pooling/config.json",
      "bert/.gitattributes",
    ),
  );
  expect(models).toMatchObject([{ name: "bert", missing: [], weights: { path: "model.safetensors" } }]);
  expect(pathsOf(models[0]!.files)).toEqual([
    "config.json",
    "vocab.txt",
    "model.safetensors",
    "1_Pooling/config.json",
  ]);
  expect(others).toEqual([]);
});

test("the layout of transformers.js has its weights one folder below", () => {
  const { models } = partModels(
    files("m/config.json", "m/tokenizer.json", "m/onnx/model.onnx", "m/onnx/model_quantized.onnx"),
  );
  expect(models).toHaveLength(1);
  expect(models[0]).toMatchObject({ name: "m", missing: [] });
});

test("single files make a model, and documents beside them stay documents", () => {
  const { models, others } = partModels(files("pytorch_model.bin", "config.json", "vocab.txt", "notes.md"));
  expect(models).toMatchObject([{ name: "", missing: [] }]);
  expect(pathsOf(others)).toEqual(["notes.md"]);
});

test("what a model lacks is named", () => {
  expect(partModels(files("m/model.safetensors")).models).toMatchObject([
    { missing: ["config.json", "tokenizer.json or vocab.txt"] },
  ]);
});

test("a folder of documents is no model, whatever its JSON is called", () => {
  const { models, others } = partModels(files("notes/config.json", "notes/a.md", "notes/data.bin"));
  expect(models).toEqual([]);
  expect(others).toHaveLength(3);
});

test("two models in one folder are two, and what lies beside them is not lost", () => {
  const { models, others } = partModels(
    files("all/a/model.safetensors", "all/b/onnx/model.onnx", "all/list.md", "all/a/config.json"),
  );
  expect(models.map(({ name }) => name)).toEqual(["a", "b"]);
  expect(pathsOf(others)).toEqual(["all/list.md"]);
});
