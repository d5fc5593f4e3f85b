import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

import { parseManifest } from "../library/parse-manifest.ts";
import { modelInfo, weightsOf } from "../manifest.ts";
import { readVerified } from "../source/model-files.ts";
import { mini } from "./mini.ts";

const SHIPPED = new URL("../../../public/models/mini/", import.meta.url);
const files = { read: async (path: string) => new Uint8Array(await readFile(new URL(path, SHIPPED))) };

test("every file that ships is the one that the catalog pins", async () => {
  for (const file of [...Object.values(mini.files), weightsOf(mini, "q8")]) {
    await expect(readVerified(files, file)).resolves.toHaveLength(file.sizeBytes);
  }
});

test("the manifest beside the files says the same as the catalog", async () => {
  expect(parseManifest(await readFile(new URL("sextant.json", SHIPPED), "utf8"))).toEqual(mini);
});

test("the key names the weights and their precision, and the whole model stays within 10 MB", () => {
  const info = modelInfo(mini, "q8");
  expect(info.key).toBe(`sextant-mini@${mini.fingerprint.slice(0, 12)}/q8`);
  expect(info.sizeBytes).toBeLessThan(10_000_000);
});
