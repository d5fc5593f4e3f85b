import type { ModelOrigin } from "../../contract/index.ts";
import type { Folder, WritableFolder } from "../folder.ts";
import { digestOf, piecesOf } from "../source/digest.ts";
import { findPicked, type PickedModel } from "../source/picked.ts";
import { onnxFor } from "../source/published-files.ts";
import { readJsonFile } from "../tokenize/json-file.ts";
import { addOwnFromFiles } from "./add-own-folder.ts";
import { describeModel, descriptionOf } from "./describe.ts";
import { assertAsKnown, isHere, reportOn, settle, type LibraryParts, type Wish } from "./library-parts.ts";
import { formOf, isNamed, makeVariant } from "./make-variant.ts";
import type { AddContext, KnownModel } from "./model-library.ts";
import { assertRoom, convertedBytes } from "./room.ts";
import { openStoredModel } from "./stored-model.ts";

/** Ids of models whose files only the person has begin so. */
export const PICKED = "files:";

/**
 * Adds a model from files that the person picked: weights are converted straight from them, graphs that are used as they
 * are, and folders that Sextant made, are copied. Returns the model's id.
 *
 * Throws: as `findPicked`; `model/*`, `storage/full`, `engine/invalid-input`; the signal's reason.
 */
export async function addFiles(
  parts: LibraryParts,
  origin: Extract<ModelOrigin, { from: "files" }>,
  wish: Wish,
  context: AddContext,
  claim: (id: string) => void,
): Promise<string> {
  const { name } = origin;
  const { folder, files } = findPicked(name, origin.files);
  const { dtype } = wish;
  if (files.format === "sextant") return addOwnFromFiles(parts, folder, dtype, context, claim);

  const config = await readJsonFile(folder, "config.json");
  const form = formOf(files, config);
  const graphs = form === "as-is" ? onnxFor(files, dtype, `“${name}”`) : [];
  const weightsPath = form === "convert" ? files.checkpoint : (files.onnx[0]?.path ?? null);
  const weights = await measure(folder, weightsPath ?? "", context);
  const known = form === "convert" ? findKnown(parts.catalog, name, weights) : undefined;
  assertAsKnown(known, wish);

  const id = known?.id ?? `${PICKED}${plainName(name)}-${weights.sha256.slice(0, 8)}`;
  claim(id);
  const stored = openStoredModel(parts.store, id);
  const before = await stored.readManifest();
  if (isHere(before, wish)) return id;
  const told = { id, name, repository: null, revision: null, licence: null, languages: [] };
  const description = known ? descriptionOf(known) : await describeModel(told, folder, settle(before, wish));

  const graphBytes = await totalBytes(
    folder,
    graphs.map(({ path }) => path),
  );
  const madeBytes = form === "convert" ? convertedBytes(weights.sizeBytes, config, dtype) : graphBytes;
  await assertRoom(name, madeBytes, parts.findRoom);
  const sourceSha256 = form === "convert" ? weights.sha256 : undefined;
  try {
    for (const { path, place } of graphs) await copyLarge(folder, path, stored.folder, place, context);
    const making = { stored, source: folder, files, form, description, dtype, sourceSha256 };
    await makeVariant(parts, making, context);
  } catch (error) {
    if (!(await isNamed(stored, dtype))) for (const { place } of graphs) await stored.folder.remove(place);
    if (!before && !(await stored.readSource())) await stored.removeAll();
    throw error;
  }
  return id;
}

interface Weights {
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

async function measure({ open }: PickedModel["folder"], path: string, context: AddContext): Promise<Weights> {
  const source = await open(path);
  const report = reportOn(context, "list", path);
  const { sizeBytes } = source;
  const onBytes = (doneBytes: number): void => report({ doneBytes, totalBytes: sizeBytes });
  return { path, sizeBytes, sha256: await digestOf(source, { signal: context.signal, onBytes }) };
}

/** A catalog's model by the digest of its weights; where the catalog has none, by name and size. */
function findKnown(catalog: readonly KnownModel[], name: string, weights: Weights): KnownModel | undefined {
  const pinOf = (model: KnownModel) => model.files.find(({ path }) => path === weights.path);
  const byDigest = catalog.find((model) => pinOf(model)?.sha256 === weights.sha256);
  if (byDigest) return byDigest;
  return catalog.find((model) => {
    const pin = pinOf(model);
    const { repository } = model;
    const names = [model.id, repository?.replace("/", "--"), repository?.slice(repository.indexOf("/") + 1)];
    return (
      pin?.sha256 === null &&
      (pin.sizeBytes ?? weights.sizeBytes) === weights.sizeBytes &&
      names.includes(name)
    );
  });
}

const plainName = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
    .replaceAll(/^-|-$/g, "") || "model";

async function totalBytes(folder: Folder, paths: readonly string[]): Promise<number> {
  const files = (await folder.list()).filter(({ path }) => paths.includes(path));
  return files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

async function copyLarge(
  from: Folder,
  path: string,
  to: WritableFolder,
  place: string,
  context: AddContext,
): Promise<void> {
  const source = await from.open(path);
  const report = reportOn(context, "download", path);
  const onBytes = (doneBytes: number): void => report({ doneBytes, totalBytes: source.sizeBytes });
  const sink = await to.create(place);
  try {
    for await (const piece of piecesOf(source, { signal: context.signal, onBytes })) await sink.write(piece);
  } finally {
    await sink.close();
  }
}
