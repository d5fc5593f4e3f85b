import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { arraySource } from "../../src/base/byte-source.ts";
import { createNodeFolder } from "../../src/cli/node-folder.ts";
import type { Dtype } from "../../src/contract/index.ts";
import { convertModel } from "../../src/model/index.ts";
import { MINI_DESCRIPTION } from "../../tools/golden/mini-description.ts";

const SHIPPED = fileURLToPath(new URL("../../public/models/mini", import.meta.url));
const TRAINED = new URL("../../tools/golden/mini.f16.safetensors", import.meta.url);

/** Converts the bundled model's trained weights into a folder, at each precision. */
export async function makeMini(out: string, dtypes: readonly Dtype[]): Promise<void> {
  const shipped = createNodeFolder(SHIPPED);
  const path = "model.safetensors";
  const weights = arraySource(new Uint8Array(await readFile(TRAINED)));
  const source = {
    list: async () => [...(await shipped.list()), { path, sizeBytes: weights.sizeBytes }],
    open: async (wanted: string) => (wanted === path ? weights : shipped.open(wanted)),
  };
  // Another id, because what is asked for by the bundled one comes from the site.
  const description = { ...MINI_DESCRIPTION, id: "mini-as-trained" };
  const target = createNodeFolder(out);
  for (const dtype of dtypes) await convertModel({ description, source, target, dtype });
}
