import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { expect, test } from "vitest";
import { storeContract } from "../model/store/store.contract.ts";
import { createNodeFolder, createNodeFolderStore } from "./node-folder.ts";

storeContract(async () => {
  const root = await mkdtemp(join(tmpdir(), "node-folder-"));
  return {
    store: createNodeFolderStore(join(root, "models")),
    reopen: async () => createNodeFolderStore(join(root, "models")),
    close: () => rm(root, { recursive: true }),
  };
});

test("files lie in the folder under their own names", async () => {
  const root = await mkdtemp(join(tmpdir(), "node-folder-"));
  const sink = await createNodeFolder(root).create("onnx/model.onnx");
  await sink.write(Uint8Array.of(1));
  await sink.close();
  expect((await readdir(root, { recursive: true })).toSorted()).toEqual(["onnx", join("onnx", "model.onnx")]);
  await rm(root, { recursive: true });
});

test.skipIf(sep === "\\")(
  "files whose names mean something else elsewhere are left out; all listed ones open",
  async () => {
    const root = await mkdtemp(join(tmpdir(), "node-folder-"));
    await mkdir(join(root, "runs 10:15"));
    for (const name of ["config.json", "notes: today.txt", "a\\b.txt", join("runs 10:15", "log.txt")])
      await writeFile(join(root, name), "{}");
    const folder = createNodeFolder(root);
    const listed = await folder.list();
    expect(listed).toEqual([{ path: "config.json", sizeBytes: 2 }]);
    for (const { path } of listed) expect((await folder.open(path)).sizeBytes).toBe(2);
    await rm(root, { recursive: true });
  },
);
