import { SextantError, type Dtype, type ModelDescription } from "../../contract/index.ts";
import { parseBertConfig } from "../convert/graphs/bert-config.ts";
import type { Folder } from "../folder.ts";
import { freeReferencePath, MANIFEST_PATH, WEIGHTS_PATH, type ModelManifest } from "../manifest.ts";
import { removeDownload } from "../source/download-record.ts";
import type { PublishedFiles } from "../source/published-files.ts";
import { copyFile } from "../tokenize/json-file.ts";
import { writeTokenizerFiles } from "../tokenize/tokenizer-files.ts";
import { only } from "./below.ts";
import { isBert } from "./describe.ts";
import { reportOn, type LibraryParts } from "./library-parts.ts";
import type { AddContext, MakingProgress } from "./model-library.ts";
import { stageFolder } from "./staged-folder.ts";
import type { StoredModel } from "./stored-model.ts";

/** Whether the weights are converted, or a graph is used as it is published. */
export type Form = "convert" | "as-is";

/** Throws: `model/unsupported` naming what the configuration asks for, where there is no graph to fall back on. */
export function formOf(files: PublishedFiles, config: object): Form {
  if (files.checkpoint !== null && isBert(config)) return "convert";
  if (files.onnx.length === 0) parseBertConfig(config);
  return "as-is";
}

export interface Making {
  readonly stored: StoredModel;
  /** Where the published files lie; graphs that are used as they are lie in the model's folder already. */
  readonly source: Folder;
  readonly files: PublishedFiles;
  readonly form: Form;
  readonly description: ModelDescription;
  readonly dtype: Dtype;
  /** SHA-256 of the checkpoint, where it is known. */
  readonly sourceSha256?: string | undefined;
}

/**
 * Makes one precision of a model ready to be opened, and keeps those that are here.
 *
 * Until the very last write the model is in the state that it was in before: a worker that is killed leaves at most a
 * file that no manifest names.
 */
export async function makeVariant(parts: LibraryParts, making: Making, context: AddContext): Promise<void> {
  const { stored, source, files, form, dtype } = making;
  const architecture = form === "convert" ? ("bert" as const) : ("other" as const);
  const description = { ...making.description, architecture };
  const weightsPath = WEIGHTS_PATH[dtype];
  const { signal } = context;
  const onProgress = ({ phase, file, ...progress }: MakingProgress): void =>
    reportOn(context, phase, file)(progress);
  const before = await stored.readManifest();
  const how = { description, dtype, signal, onProgress, referencePath: freeReferencePath(before) };
  const target = stageFolder(stored.folder, (path) => path.startsWith("onnx/"));
  let made: ModelManifest;
  try {
    if (form === "convert") {
      const published = only(source, [...files.small, files.checkpoint ?? ""]);
      const { sourceSha256 } = making;
      made = await parts.convert({ ...how, source: published, target, sourceSha256 });
    } else {
      const published = only(source, files.small);
      await copyFile(published, target, "config.json");
      await writeTokenizerFiles(published, target);
      made = await parts.preparePipeline({ ...how, folder: target });
    }
    signal?.throwIfAborted();
    // Files of another version go over those of this one, which from here on is not whole.
    if (before && !isSame(before, made)) await stored.writeManifest({ ...before, weights: {} });
    await target.commit(MANIFEST_PATH);
    await keep(stored, before, made);
  } catch (error) {
    // What is half made is of no use; a graph that was downloaded is kept, so that another try goes on from it.
    if (form === "convert" && !(await isNamed(stored, dtype)))
      await stored.folder.remove(weightsPath).catch(() => undefined);
    throw error;
  }
  await tidy(stored, before, made);
}

/** Whether a precision is part of the model: also where writing the manifest failed after its first copy. */
export async function isNamed(stored: StoredModel, dtype: Dtype): Promise<boolean> {
  return (await stored.readManifest())?.weights[dtype] !== undefined;
}

const isSame = (before: ModelManifest, made: ModelManifest): boolean =>
  before.fingerprint === made.fingerprint;

/** Writes the manifest with the precisions of before; of another version of the model none is kept. */
export async function keep(
  stored: StoredModel,
  before: ModelManifest | null,
  made: ModelManifest,
): Promise<void> {
  const weights = before && isSame(before, made) ? { ...before.weights, ...made.weights } : made.weights;
  await stored.writeManifest({ ...made, weights });
}

/** Removes what the manifest of before named and that of now does not: the reference, weights of another version. */
export async function tidy(
  { folder }: StoredModel,
  before: ModelManifest | null,
  made: ModelManifest,
): Promise<void> {
  if (before === null) return;
  const old = [before.files.reference.path, ...(isSame(before, made) ? [] : Object.values(WEIGHTS_PATH))];
  const named = [...Object.values(made.files), ...Object.values(made.weights)].map(({ path }) => path);
  for (const path of old) if (!named.includes(path)) await removeDownload(folder, path);
}

/** A precision that its origin does not offer. */
export function notOffered(name: string, dtype: Dtype, there: readonly string[]): SextantError {
  return new SextantError(
    "model/not-found",
    `${name} is offered there in ${there.join(", ") || "no precision"}, not in ${dtype}. Choose one of these, or add it from the weights as published.`,
    { dtype },
  );
}
