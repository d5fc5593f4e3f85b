import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { sha256 } from "../base/hash.ts";
import { openFileServer } from "../../tools/file-server/file-server.ts";
import { readBundledTokenizer } from "../../tools/random-bert/bundled-tokenizer.ts";
import { writeRandomBert } from "../../tools/random-bert/write-random-bert.ts";
import type { ModelManifest } from "../engine/index.ts";
import { run } from "./convert.ts";
import { createNodeFolder } from "./node-folder.ts";

/** ONNX Runtime starts slowly on a machine that is busy otherwise. */
vi.setConfig({ testTimeout: 60_000 });

const shape = { layers: 1, hidden: 32, heads: 2, intermediate: 64, vocabulary: 20480, positions: 512 };
const COMMIT = "0123456789abcdef0123456789abcdef01234567";
let root = "";
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "sextant-convert-"));
  const tokenizer = await readBundledTokenizer();
  const folder = createNodeFolder(join(root, "published"));
  await writeRandomBert(folder, { shape, seed: 1, format: "safetensors", dtype: "f32", tokenizer });
});
afterAll(() => rm(root, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

/** What the command prints, and the manifest that it leaves. */
async function convert(out: string, ...options: readonly string[]) {
  const printed = vi.spyOn(console, "log").mockReturnValue();
  try {
    await run([...options, "--out", join(root, out), "--cache", join(root, "cache")]);
    const [line = ""] = printed.mock.calls.map(([text]) => String(text));
    const manifest = JSON.parse(await readFile(join(root, out, "sextant.json"), "utf8")) as ModelManifest;
    return { line: JSON.parse(line) as Record<string, unknown>, manifest };
  } finally {
    printed.mockRestore();
  }
}

test("a folder is converted; another precision joins it, and each file is as the manifest says", async () => {
  const published = join(root, "published");
  const first = await convert("out", published, "--dtype", "q8", "--name", "random");
  expect(first.line).toMatchObject({ id: first.manifest.id, dtype: "q8", seconds: expect.any(Number) });
  expect(first.manifest).toMatchObject({ name: "random", pooling: "cls", dim: 32 });
  const { line, manifest } = await convert("out", published, "--dtype", "fp16", "--name", "random");
  expect(Object.keys(manifest.weights).toSorted()).toEqual(["fp16", "q8"]);
  const files = [...Object.values(manifest.files), ...Object.values(manifest.weights)];
  for (const { path, sizeBytes, sha256: digest } of files) {
    const bytes = await readFile(join(root, "out", path));
    expect([bytes.length, await sha256(bytes)], path).toEqual([sizeBytes, digest]);
  }
  expect((line["files"] as { path: string }[]).map(({ path }) => path)).toContain("onnx/model_fp16.onnx");
  expect(line["peakBytes"]).toBeGreaterThan(line["bytesWritten"] as number);
});

test("a repository is downloaded with the token of the environment, and only once", async () => {
  const folder = createNodeFolder(join(root, "published"));
  const read = async (path: string) => new Uint8Array(await readFile(join(root, "published", path)));
  const paths = (await folder.list()).map(({ path }) => path);
  const siblings = await Promise.all(
    (await folder.list()).map(async ({ path, sizeBytes: size }) => ({
      rfilename: path,
      size,
      ...(path === "model.safetensors" ? { lfs: { size, sha256: await sha256(await read(path)) } } : {}),
    })),
  );
  const listing = new TextEncoder().encode(JSON.stringify({ sha: COMMIT, gated: false, siblings }));
  const contents = await Promise.all(
    paths.map(async (path) => [`/a/b/resolve/${COMMIT}/${path}`, await read(path)]),
  );
  const revision = "/api/models/a/b/revision/main";
  const server = await openFileServer({ ...Object.fromEntries(contents), [revision]: listing });
  vi.stubEnv("HF_TOKEN", "hf_secret");
  const weights = () => server.asked.filter(({ path }) => path.endsWith("model.safetensors"));

  const { manifest } = await convert("hub", "a/b", "--dtype", "q8", "--endpoint", server.url);
  expect(manifest).toMatchObject({ id: "a/b", repository: "a/b", revision: COMMIT });
  expect(weights()).toMatchObject([{ authorization: "Bearer hf_secret" }]);
  await convert("hub-q4", "a/b", "--dtype", "q4", "--endpoint", server.url);
  expect(weights()).toHaveLength(1);
  expect((await createNodeFolder(join(root, "hub")).list()).map(({ path }) => path)).toEqual([
    "config.json",
    "onnx/model_quantized.onnx",
    "reference.json",
    "sextant.json",
    "tokenizer.json",
    "tokenizer_config.json",
  ]);
  await server.close();
});

test("a model of the catalog is asked for under its repository's name", async () => {
  const server = await openFileServer({});
  await expect(convert("listed", "llm-embedder", "--endpoint", server.url)).rejects.toMatchObject({
    code: "model/not-found",
  });
  expect(server.asked[0]?.path).toMatch(/^\/api\/models\/BAAI\/llm-embedder\/revision\//);
  await server.close();
});

test("what is asked for wrongly says how it is done, and a folder of another model stays", async () => {
  for (const options of [[], ["a/b", "--dtype", "q5"], ["a/b", "c/d"], ["a/b", "--pooling", "max"]])
    await expect(convert("none", ...options)).rejects.toMatchObject({ code: "engine/invalid-input" });
  const published = join(root, "published");
  const { manifest } = await convert("taken", published, "--name", "one");
  for (const dtype of ["q8", "fp16"])
    await expect(convert("taken", published, "--name", "two", "--dtype", dtype)).rejects.toThrow(
      "another model",
    );
  const left = JSON.parse(await readFile(join(root, "taken", "sextant.json"), "utf8")) as ModelManifest;
  expect(left).toEqual(manifest);
});
