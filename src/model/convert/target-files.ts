import { sha256 } from "../../base/hash.ts";
import { isSextantError, type Dtype } from "../../contract/index.ts";
import type { Folder, WritableFolder } from "../folder.ts";
import { parseManifest } from "../library/parse-manifest.ts";
import { MANIFEST_PATH, type ModelFile, type ModelManifest } from "../manifest.ts";
import { createDigest, digestOf } from "../source/digest.ts";
import { readTextFile } from "../tokenize/json-file.ts";
import type { PlannedFile } from "./onnx/write.ts";

/** Digest and size of a file that is there already. */
export async function pinFile(folder: Folder, path: string): Promise<ModelFile> {
  const source = await folder.open(path);
  return { path, sizeBytes: source.sizeBytes, sha256: await digestOf(source) };
}

export async function copyPinned(source: Folder, target: WritableFolder, path: string): Promise<ModelFile> {
  const from = await source.open(path);
  return writePinned(target, path, await from.read(0, from.sizeBytes));
}

export async function writePinned(
  target: WritableFolder,
  path: string,
  content: Uint8Array<ArrayBuffer> | string,
): Promise<ModelFile> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const sink = await target.create(path);
  try {
    await sink.write(bytes);
  } finally {
    await sink.close();
  }
  return { path, sizeBytes: bytes.length, sha256: await sha256(bytes) };
}

export interface WriteOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onBytes?: ((doneBytes: number) => void) | undefined;
}

/** Writes a planned file and computes its digest on the way. What an abort or an error leaves of it is removed. */
export async function writePlanned(
  target: WritableFolder,
  path: string,
  planned: PlannedFile,
  { signal, onBytes }: WriteOptions,
): Promise<ModelFile> {
  const digest = createDigest();
  const sink = await target.create(path);
  let whole = false;
  try {
    const digesting = {
      get sizeBytes() {
        return sink.sizeBytes;
      },
      async write(bytes: Uint8Array) {
        digest.update(bytes);
        await sink.write(bytes);
        onBytes?.(sink.sizeBytes);
      },
      close: () => sink.close(),
    };
    await planned.write(digesting, signal);
    whole = true;
  } finally {
    await sink.close();
    if (!whole) await target.remove(path);
  }
  return { path, sizeBytes: planned.sizeBytes, sha256: digest.hex() };
}

/**
 * Makes room for one precision and gives the manifest that it is added to; null when the folder held nothing, or other
 * weights, whose files it removes. A precision that is written anew is taken off the manifest first.
 */
export async function clearFor(
  target: WritableFolder,
  fingerprint: string,
  dtype: Dtype,
): Promise<ModelManifest | null> {
  const before = await readManifest(target);
  if (before === null) return null;
  if (before.fingerprint === fingerprint) {
    const { [dtype]: replaced, ...weights } = before.weights;
    const kept = { ...before, weights };
    if (replaced !== undefined) await writeManifest(target, kept);
    return kept;
  }
  await target.remove(MANIFEST_PATH);
  for (const file of Object.values(before.weights)) await target.remove(file.path);
  return null;
}

export async function writeManifest(target: WritableFolder, manifest: ModelManifest): Promise<void> {
  await writePinned(target, MANIFEST_PATH, `${JSON.stringify(manifest, null, 2)}\n`);
}

/** One that cannot be read is as good as none: it is written anew. */
async function readManifest(target: Folder): Promise<ModelManifest | null> {
  if (!(await target.list()).some(({ path }) => path === MANIFEST_PATH)) return null;
  try {
    return parseManifest(await readTextFile(target, MANIFEST_PATH));
  } catch (error) {
    if (isSextantError(error, "model/corrupt") || isSextantError(error, "model/unsupported")) return null;
    throw error;
  }
}
