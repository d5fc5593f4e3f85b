import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
