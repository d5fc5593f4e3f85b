import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createNodeFolder, createNodeFolderStore } from "./node-folder.ts";

let root = "";
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "node-folder-"));
});
afterAll(() => rm(root, { recursive: true }));

const bytes = (...values: number[]) => Uint8Array.from(values);

test("what is written is listed and read back in parts; writing goes on at the end or starts anew", async () => {
  const folder = createNodeFolder(join(root, "one"));
  expect(await folder.list()).toEqual([]);
  const first = await folder.create("onnx/model.onnx");
  await first.write(bytes(1, 2, 3));
  await first.close();
  const more = await folder.create("onnx/model.onnx", { append: true });
  expect(more.sizeBytes).toBe(3);
  await more.write(bytes(4));
  await more.close();
  expect(await folder.list()).toEqual([{ path: "onnx/model.onnx", sizeBytes: 4 }]);
  const source = await folder.open("onnx/model.onnx");
  expect(await source.read(1, 3)).toEqual(bytes(2, 3));
  expect(await source.read(3, 9)).toEqual(bytes(4));
  await (await folder.create("onnx/model.onnx")).close();
  expect((await folder.open("onnx/model.onnx")).sizeBytes).toBe(0);
});

test("a file that is not there is named; removing it is no error", async () => {
  const folder = createNodeFolder(join(root, "two"));
  await expect(folder.open("config.json")).rejects.toMatchObject({ code: "model/not-found" });
  await expect(folder.remove("config.json")).resolves.toBeUndefined();
});

test.each(["../secret", "/etc/passwd", "a//b", "a\\..\\b", "", "."])(
  "%o leads out and is refused",
  async (path) => {
    const folder = createNodeFolder(join(root, "three"));
    const refused = { code: "engine/invalid-input" };
    await expect(folder.open(path)).rejects.toMatchObject(refused);
    await expect(folder.create(path)).rejects.toMatchObject(refused);
  },
);

test("a store holds folders by name and removes one with everything in it", async () => {
  const store = createNodeFolderStore(join(root, "store"));
  expect(await store.names()).toEqual([]);
  const sink = await store.folder("a").create("deep/file");
  await sink.close();
  await (await store.folder("b").create("file")).close();
  expect((await store.names()).toSorted()).toEqual(["a", "b"]);
  await store.remove("a");
  expect(await store.names()).toEqual(["b"]);
});
