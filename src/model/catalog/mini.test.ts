import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

import { readVerified } from "../source/model-files.ts";
import { modelInfo } from "./catalog-entry.ts";
import { mini } from "./mini.ts";

const SHIPPED = new URL("../../../public/models/mini/", import.meta.url);
const files = { read: async (path: string) => new Uint8Array(await readFile(new URL(path, SHIPPED))) };

test("every file that ships is the one that the catalog pins", async () => {
  for (const file of Object.values(mini.files)) {
    await expect(readVerified(files, file)).resolves.toHaveLength(file.sizeBytes);
  }
});

test("the manifest beside the files says the same as the catalog", async () => {
  const manifest: unknown = JSON.parse(await readFile(new URL("manifest.json", SHIPPED), "utf8"));
  expect(manifest).toEqual({ revision: mini.revision, files: expect.any(Array) });
  expect(manifest).toMatchObject({ files: expect.arrayContaining(Object.values(mini.files)) });
});

test("the key names the weights, and the whole model stays within 10 MB", () => {
  const info = modelInfo(mini);
  expect(info.key).toBe(`sextant-mini@${mini.revision.slice(0, 12)}`);
  expect(info.sizeBytes).toBeLessThan(10_000_000);
});
