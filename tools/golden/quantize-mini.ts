/**
 * Makes what ships in public/models/mini from the trained half-precision weights in tools/golden, as any model is
 * converted, and src/model/catalog/mini.ts from the manifest that comes of it.
 *
 * Run: npx tsx tools/golden/quantize-mini.ts
 */
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import { arraySource } from "../../src/base/byte-source.ts";
import { createNodeFolder } from "../../src/cli/node-folder.ts";
import { convertModel } from "../../src/model/convert/convert-model.ts";
import type { Folder } from "../../src/model/folder.ts";
import { MINI_DESCRIPTION } from "./mini-description.ts";

const WEIGHTS = new URL("mini.f16.safetensors", import.meta.url);
const CATALOG = new URL("../../src/model/catalog/mini.ts", import.meta.url);
const shipped = createNodeFolder(fileURLToPath(new URL("../../public/models/mini", import.meta.url)));

/** The files that ship, with the weights that do not among them. */
async function publishedMini(): Promise<Folder> {
  const weights = arraySource(new Uint8Array(await readFile(WEIGHTS)));
  const path = "model.safetensors";
  return {
    list: async () => [...(await shipped.list()), { path, sizeBytes: weights.sizeBytes }],
    open: (wanted) => (wanted === path ? Promise.resolve(weights) : shipped.open(wanted)),
  };
}

const manifest = await convertModel({
  description: MINI_DESCRIPTION,
  source: await publishedMini(),
  target: shipped,
  dtype: "q8",
});
const source = `import type { ModelManifest } from "../manifest.ts";

/** The model that comes with Sextant. Source: public/models/mini/sextant.json, made by tools/golden/quantize-mini.ts. */
export const mini: ModelManifest = ${JSON.stringify(manifest)};
`;
const path = fileURLToPath(CATALOG);
await writeFile(path, await format(source, { ...(await resolveConfig(path)), filepath: path }));
