import type { Dtype } from "../../contract/index.ts";
import type { WritableFolder } from "../folder.ts";
import type { ModelFile } from "../manifest.ts";
import { piecesOf } from "../source/digest.ts";
import { readJsonFile } from "../tokenize/json-file.ts";
import { computeReference, type Reference, type ReferenceOptions } from "./reference.ts";
import { storedReference, type ReferenceWeights } from "./reference-weights.ts";
import { openStored } from "./stored.ts";
import { writePinned } from "./target-files.ts";

/** Rounding to half precision moves a vector by less than a device may. */
const ROUNDED: readonly Dtype[] = ["q8", "q4"];

export interface UpdateReferenceOptions extends Omit<ReferenceOptions, "weights" | "onLayer"> {
  readonly target: WritableFolder;
  readonly path: string;
  /** The one of the same published weights that is there already. */
  readonly kept: ModelFile | null;
  readonly dtype: Dtype;
  /** The path of the file that was written for it. */
  readonly stored: string;
  readonly published: ReferenceWeights;
  /** From 0 to 1. */
  readonly onPart: (done: number) => void;
}

/**
 * Writes the reference vectors of the published weights, and those of the precision that was just stored; where these
 * add nothing, the one that is there stays.
 */
export async function updateReference(options: UpdateReferenceOptions): Promise<ModelFile> {
  const { target, path, kept, dtype, texts, config, onPart } = options;
  const before = kept ? ((await readJsonFile(target, kept.path)) as unknown as Reference) : null;
  const rounded = ROUNDED.includes(dtype);
  if (kept && !rounded) return kept;
  const passes = Number(before === null) + Number(rounded);
  let done = 0;
  const compute = (weights: ReferenceWeights) =>
    computeReference({
      ...options,
      weights,
      onLayer: () => onPart(++done / (passes * config.layers)),
    });

  const vectors = before?.vectors ?? (await compute(options.published));
  const stored = { ...before?.stored };
  if (rounded) stored[dtype] = await compute(await openStoredReference(options));
  const reference: Reference = { texts: before?.texts ?? texts, vectors, stored };
  return writePinned(target, path, JSON.stringify(reference));
}

/** Read piece by piece: at once, Chromium holds the file twice for a moment. */
async function openStoredReference(options: UpdateReferenceOptions): Promise<ReferenceWeights> {
  const source = await options.target.open(options.stored);
  const file = new Uint8Array(source.sizeBytes);
  let at = 0;
  for await (const piece of piecesOf(source, { signal: options.signal })) {
    file.set(piece, at);
    at += piece.length;
  }
  return storedReference(options.config, openStored(file, options.stored));
}
