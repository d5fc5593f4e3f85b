import { openAsBlob } from "node:fs";
import { open, rename, stat } from "node:fs/promises";
import { SextantError, type Engine, type ExportEvent } from "../contract/index.ts";

/** Writes a collection with its vectors into a bundle. */
export async function keepCollection(face: Engine, collectionId: number, path: string): Promise<void> {
  await writeExport(face, path, [collectionId]);
}

/** Writes collections, or all there is, into a bundle; the file is there once it is whole. */
export async function writeExport(
  face: Engine,
  path: string,
  collectionIds?: readonly number[],
): Promise<void> {
  const partPath = `${path}.part`;
  const file = await open(partPath, "w");
  try {
    const onEvent = (event: ExportEvent) =>
      event.type === "bytes" ? file.writeFile(event.bytes) : undefined;
    await face.exportBundle({ ...(collectionIds && { collectionIds }) }, { onEvent });
  } finally {
    await file.close();
  }
  await rename(partPath, path);
}

/** Takes the collection of a bundle in; null where there is no such file. */
export async function readKept(face: Engine, path: string): Promise<number | null> {
  if ((await stat(path).catch(() => null)) === null) return null;
  const before = new Set((await face.collections({})).map(({ id }) => id));
  await face.importBundle({ file: await openAsBlob(path) });
  const added = (await face.collections({})).find(({ id }) => !before.has(id));
  if (!added)
    throw new SextantError("engine/invalid-input", `${path} holds no collection: delete it and run again.`);
  return added.id;
}
