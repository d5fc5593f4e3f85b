import { SextantError, type Dtype } from "../../contract/index.ts";
import { WEIGHTS_PATH } from "../manifest.ts";
import { removeDownload } from "../source/download-record.ts";
import type { KnownModel } from "./model-library.ts";
import type { StoredModel } from "./stored-model.ts";

/**
 * Deletes one precision of a model, its weights as published, or all of it; a folder that holds nothing of use goes too.
 *
 * Throws: `engine/invalid-input` for what comes with the site.
 */
export async function removeFrom(
  stored: StoredModel,
  what: Dtype | "original" | undefined,
  known: KnownModel | undefined,
): Promise<void> {
  const manifest = await stored.readManifest();
  const record = await stored.readSource();
  const bundled = known?.bundled ?? null;
  const onlyBundled =
    what === undefined ? !manifest && !record : what !== "original" && bundled?.weights[what];
  if (bundled && onlyBundled)
    throw new SextantError(
      "engine/invalid-input",
      `${bundled.name} comes with Sextant and takes no room of its own. Choose another model to remove.`,
      { modelId: bundled.id },
    );
  if (what === undefined) return stored.removeAll();

  let left = manifest;
  if (what === "original") {
    const made = Object.values(manifest?.weights ?? {}).map(({ path }) => path);
    for (const { path } of record?.weights ?? [])
      if (!made.includes(path)) await removeDownload(stored.folder, path);
    for (const { path } of await stored.original.list()) await stored.original.remove(path);
    await stored.removeSource();
  } else if (manifest) {
    const { [what]: _removed, ...weights } = manifest.weights;
    left = { ...manifest, weights };
    await stored.writeManifest(left);
    await removeDownload(stored.folder, WEIGHTS_PATH[what]);
  }
  const holdsNone = Object.keys(left?.weights ?? {}).length === 0;
  if (holdsNone && (await stored.readSource()) === null) await stored.removeAll();
}
