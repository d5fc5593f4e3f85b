import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { readBundledTokenizer } from "../../tools/random-bert/bundled-tokenizer.ts";
import { writeRandomBert } from "../../tools/random-bert/write-random-bert.ts";
import { openChosenEngine } from "./chosen-engine.ts";
import { run as convert } from "./convert.ts";
import { createNodeFolder } from "./node-folder.ts";

/** ONNX Runtime starts slowly on a machine that is busy otherwise. */
vi.setConfig({ testTimeout: 60_000 });

const shape = { layers: 1, hidden: 32, heads: 2, intermediate: 64, vocabulary: 20480, positions: 512 };
let root = "";
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "sextant-chosen-"));
  const tokenizer = await readBundledTokenizer();
  const folder = createNodeFolder(join(root, "published"));
  await writeRandomBert(folder, { shape, seed: 1, format: "safetensors", dtype: "f32", tokenizer });
});
afterAll(() => rm(root, { recursive: true }));

const open = (model: string) =>
  openChosenEngine({ model, dtype: "fp16", cache: join(root, "cache"), onProgress: () => undefined });

test("a converted folder is opened in the precision that is asked for", async () => {
  const out = join(root, "converted");
  const printed = vi.spyOn(console, "log").mockReturnValue();
  await convert([join(root, "published"), "--dtype", "fp16", "--out", out]);
  printed.mockRestore();
  const engine = await open(out);
  const { model, device } = await engine.face.status({});
  expect(model).toMatchObject({ name: "published", dim: 32 });
  expect(device).toMatchObject({ used: "wasm", dtype: "fp16" });
  await engine.close();
});

test("a folder as it was published is refused with the way to convert it", async () => {
  await expect(open(join(root, "published"))).rejects.toMatchObject({
    code: "model/not-found",
    message: expect.stringContaining("sextant convert") as string,
  });
});

test("what is neither a folder nor a repository is refused before the hub is asked", async () => {
  await expect(open("no-such-model")).rejects.toMatchObject({ code: "engine/invalid-input" });
});
