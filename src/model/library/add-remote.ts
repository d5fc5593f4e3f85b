import { SextantError } from "../../contract/index.ts";
import type { WritableFolder } from "../folder.ts";
import { downloadFile } from "../source/download.ts";
import { findWhole, isRecordPath, type Downloaded } from "../source/download-record.ts";
import { findPublished, onnxFor, type PublishedFiles } from "../source/published-files.ts";
import { readJsonFile } from "../tokenize/json-file.ts";
import { describeModel, descriptionOf, NOT_STATED } from "./describe.ts";
import { reportOn, settle, type LibraryParts, type Wish } from "./library-parts.ts";
import { formOf, makeVariant } from "./make-variant.ts";
import type { AddContext, KnownFile, KnownModel } from "./model-library.ts";
import type { RemoteModel } from "./remote-model.ts";
import { assertRoom, convertedBytes } from "./room.ts";
import { ORIGINAL, type StoredModel } from "./stored-model.ts";

/**
 * Fetches what a precision needs of a model as it was published, and makes it.
 *
 * Throws: `model/*`, `storage/full`; the signal's reason. What has come is kept.
 */
export async function addRemote(
  parts: LibraryParts,
  stored: StoredModel,
  remote: RemoteModel,
  known: KnownModel | undefined,
  wish: Wish,
  context: AddContext,
): Promise<void> {
  const { told } = remote;
  const expectedByPath = new Map(remote.files.map((file) => [file.path, expect(file, known, told.name)]));
  const files = findPublished([...expectedByPath.keys()], told.name);
  const fetch = (path: string, target: WritableFolder, place = path): Promise<Downloaded> => {
    const expected = expectedByPath.get(path) ?? { sizeBytes: null, sha256: null };
    const onProgress = reportOn(context, "download", path);
    const { signal } = context;
    const { fetchFile } = parts;
    const headers = remote.headers(path);
    const from = { url: remote.url(path), headers, signal, onProgress, fetchFile, expected };
    return downloadFile({ ...from, target, path: place });
  };

  for (const path of files.small) await fetch(path, stored.original);
  const config = await readJsonFile(stored.original, "config.json");
  const form = formOf(files, config);
  const description = known
    ? descriptionOf(known)
    : await describeModel(told, stored.original, settle(await stored.readManifest(), wish));
  const checkpoint = files.checkpoint ?? "";
  const large =
    form === "convert"
      ? [{ path: checkpoint, place: checkpoint, target: stored.original, prefix: ORIGINAL }]
      : onnxFor(files, wish.dtype, told.name).map((graph) => ({
          ...graph,
          target: stored.folder,
          prefix: "",
        }));
  const weights = large.map(({ path, place, prefix }) => ({
    ...(expectedByPath.get(path) ?? { sizeBytes: null, sha256: null }),
    path: prefix + place,
  }));
  const publishedBytes = weights.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0);
  const missingBytes = publishedBytes - (await bytesOf(stored, weights));
  const madeBytes = form === "convert" ? convertedBytes(publishedBytes, config, wish.dtype) : 0;
  await assertRoom(told.name, Math.max(0, missingBytes) + madeBytes, parts.findRoom);
  await stored.writeSource({ description, weights });

  const arrived: Downloaded[] = [];
  for (const { path, target, place } of large) arrived.push(await fetch(path, target, place));
  const sourceSha256 = arrived[0]?.sha256;
  const { dtype } = wish;
  await makeVariant(
    parts,
    { stored, source: stored.original, files, form, description, dtype, sourceSha256 },
    context,
  );
}

/**
 * Makes another precision from weights that are here as they were published.
 *
 * Returns false when they are not, or not whole.
 */
export async function addFromOriginal(
  parts: LibraryParts,
  stored: StoredModel,
  known: KnownModel | undefined,
  wish: Wish,
  context: AddContext,
): Promise<boolean> {
  const record = await stored.readSource();
  const here = (await stored.original.list()).map(({ path }) => path).filter((path) => !isRecordPath(path));
  if (!record || !here.includes("config.json")) return false;
  let files: PublishedFiles;
  try {
    files = findPublished(here, record.description.name);
  } catch (error) {
    if (error instanceof SextantError) return false;
    throw error;
  }
  const { checkpoint } = files;
  const whole = checkpoint === null ? null : await findWhole(stored.original, checkpoint);
  const pinned = known?.files.find(({ path }) => path === checkpoint)?.sha256 ?? null;
  if (!whole || (pinned !== null && pinned !== whole.sha256)) return false;

  const config = await readJsonFile(stored.original, "config.json");
  const form = formOf(files, config);
  if (form !== "convert") return false;
  const { licence } = record.description;
  const told = { ...descriptionOf(record.description), licence: licence === NOT_STATED ? null : licence };
  const description = known
    ? descriptionOf(known)
    : await describeModel(told, stored.original, settle(await stored.readManifest(), wish));
  await assertRoom(told.name, convertedBytes(whole.sizeBytes, config, wish.dtype), parts.findRoom);
  const { dtype } = wish;
  const source = stored.original;
  await makeVariant(
    parts,
    { stored, source, files, form, description, dtype, sourceSha256: whole.sha256 },
    context,
  );
  return true;
}

/**
 * What a file must be: the catalog's word goes before the server's.
 *
 * Throws: `model/corrupt` when they differ.
 */
function expect(file: KnownFile, known: KnownModel | undefined, name: string): KnownFile {
  const pinned = known?.files.find(({ path }) => path === file.path);
  if (!pinned) return file;
  const differ = <T>(one: T | null, other: T | null): boolean =>
    one !== null && other !== null && one !== other;
  if (differ(pinned.sha256, file.sha256) || differ(pinned.sizeBytes, file.sizeBytes))
    throw new SextantError(
      "model/corrupt",
      `${file.path} of ${name} is not the file that the catalog knows: the server has ${file.sizeBytes} bytes with SHA-256 ${file.sha256 ?? "unknown"}. Choose another source.`,
      { path: file.path, expected: pinned.sha256, found: file.sha256 },
    );
  return {
    path: file.path,
    sizeBytes: pinned.sizeBytes ?? file.sizeBytes,
    sha256: pinned.sha256 ?? file.sha256,
  };
}

async function bytesOf({ folder }: StoredModel, files: readonly KnownFile[]): Promise<number> {
  const paths = new Set(files.map(({ path }) => path));
  const there = (await folder.list()).filter(({ path }) => paths.has(path));
  return there.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}
