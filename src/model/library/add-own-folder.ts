import { SextantError, type Dtype } from "../../contract/index.ts";
import type { Folder } from "../folder.ts";
import { freeReferencePath, MANIFEST_PATH, type ModelFile } from "../manifest.ts";
import { createDigest, digestOf, piecesOf } from "../source/digest.ts";
import { downloadFile } from "../source/download.ts";
import { forgetRecord } from "../source/download-record.ts";
import { readTextFile } from "../tokenize/json-file.ts";
import { descriptionOf } from "./describe.ts";
import { reportOn, type LibraryParts } from "./library-parts.ts";
import { keep, notOffered, tidy } from "./make-variant.ts";
import type { AddContext } from "./model-library.ts";
import { filesFor, parseManifest } from "./parse-manifest.ts";
import type { RemoteModel } from "./remote-model.ts";
import { assertRoom } from "./room.ts";
import { openStoredModel, type StoredModel } from "./stored-model.ts";

/** Brings one file of the manifest to `place` in the model's folder, verified. */
type Fetch = (file: ModelFile, stored: StoredModel, place: string) => Promise<void>;

/** Adds a folder that Sextant made, from the site. Returns the model's id. */
export async function addOwnFromSite(
  parts: LibraryParts,
  remote: RemoteModel,
  manifestText: string,
  dtype: Dtype,
  context: AddContext,
  claim: (id: string) => void,
): Promise<string> {
  return addOwn(parts, manifestText, dtype, claim, async ({ path, sizeBytes, sha256 }, stored, place) => {
    const { signal } = context;
    const onProgress = reportOn(context, "download", path);
    const from = { url: remote.url(path), fetchFile: parts.fetchFile, signal, onProgress };
    await downloadFile({ ...from, target: stored.folder, path: place, expected: { sizeBytes, sha256 } });
    await forgetRecord(stored.folder, place);
  });
}

/** Adds a folder that Sextant made, from picked files. Returns the model's id. */
export async function addOwnFromFiles(
  parts: LibraryParts,
  picked: Folder,
  dtype: Dtype,
  context: AddContext,
  claim: (id: string) => void,
): Promise<string> {
  const manifestText = await readTextFile(picked, MANIFEST_PATH);
  return addOwn(parts, manifestText, dtype, claim, (file, stored, place) =>
    copyVerified(picked, stored, file, place, context),
  );
}

async function addOwn(
  parts: LibraryParts,
  manifestText: string,
  dtype: Dtype,
  claim: (id: string) => void,
  fetch: Fetch,
): Promise<string> {
  const manifest = parseManifest(manifestText);
  const { id, name, weights } = manifest;
  const wanted = weights[dtype];
  if (!wanted) throw notOffered(name, dtype, Object.keys(weights));
  const bundled = parts.catalog.find((known) => known.id === id)?.bundled ?? null;
  if (bundled?.weights[dtype]?.sha256 === wanted.sha256) return id;

  claim(id);
  const stored = openStoredModel(parts.store, id);
  const before = await stored.readManifest();
  const old = before ?? bundled;
  if (old && old.fingerprint !== manifest.fingerprint)
    throw new SextantError(
      "engine/invalid-input",
      `Another version of ${name} is on this device. Remove it first, then add this one.`,
      { modelId: id },
    );
  if ((before ?? bundled)?.weights[dtype]) return id;
  const files = filesFor(manifest, dtype);
  const neededBytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  await assertRoom(name, neededBytes, parts.findRoom);
  const mine = (await stored.readSource()) === null;
  // Half of it is shown as such, and can be removed.
  if (mine) await stored.writeSource({ description: descriptionOf(manifest), weights: [wanted] });
  const { reference } = manifest.files;
  const inUse = before?.files.reference;
  const place = inUse?.sha256 === reference.sha256 ? inUse.path : freeReferencePath(before);
  for (const file of files) await fetch(file, stored, file === reference ? place : file.path);
  const placed = { ...manifest.files, reference: { ...reference, path: place } };
  const made = { ...manifest, files: placed, weights: { [dtype]: wanted } };
  await keep(stored, before, made);
  await tidy(stored, before, made);
  if (mine) await stored.removeSource();
  return id;
}

/** Throws: `model/corrupt` when the content is not what the manifest says; the copy is removed. */
async function copyVerified(
  picked: Folder,
  { folder }: StoredModel,
  { path, sizeBytes, sha256 }: ModelFile,
  place: string,
  context: AddContext,
): Promise<void> {
  const there = (await folder.list()).find((file) => file.path === place);
  if (there?.sizeBytes === sizeBytes && (await digestOf(await folder.open(place), context)) === sha256)
    return;
  const source = await picked.open(path);
  const report = reportOn(context, "download", path);
  const digest = createDigest();
  let right = false;
  try {
    const sink = await folder.create(place);
    try {
      const { signal } = context;
      const onBytes = (doneBytes: number): void => report({ doneBytes, totalBytes: source.sizeBytes });
      for await (const piece of piecesOf(source, { signal, onBytes })) {
        digest.update(piece);
        await sink.write(piece);
      }
    } finally {
      await sink.close();
    }
    right = source.sizeBytes === sizeBytes && digest.hex() === sha256;
  } finally {
    if (!right) await folder.remove(place);
  }
  if (right) return;
  throw new SextantError(
    "model/corrupt",
    `${path} is not the file that ${MANIFEST_PATH} describes. Get the folder anew, or convert the model again.`,
    { path, sizeBytes: source.sizeBytes, expectedBytes: sizeBytes },
  );
}
