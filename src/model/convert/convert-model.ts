import { sha256 } from "../../base/hash.ts";
import {
  SextantError,
  type AddModelProgress,
  type Dtype,
  type ModelDescription,
} from "../../contract/index.ts";
import type { Folder, WritableFolder } from "../folder.ts";
import { REFERENCE_PATHS, WEIGHTS_PATH, type ModelManifest } from "../manifest.ts";
import { defaultThreads } from "../session/runtime.ts";
import { digestOf } from "../source/digest.ts";
import { readJsonFile } from "../tokenize/json-file.ts";
import { writeTokenizerFiles } from "../tokenize/tokenizer-files.ts";
import { createTokenizer } from "../tokenize/tokenizer.ts";
import { checkVocabulary } from "../tokenize/vocabulary.ts";
import { openCheckpoint } from "./checkpoint/open-checkpoint.ts";
import { parseBertConfig } from "./graphs/bert-config.ts";
import { exportBert } from "./graphs/exported-bert.ts";
import { planModel } from "./onnx/write.ts";
import { openPublished } from "./published.ts";
import { referenceTexts } from "./reference-texts.ts";
import { publishedReference } from "./reference-weights.ts";
import { clearFor, copyPinned, pinFile, writeManifest, writePlanned } from "./target-files.ts";
import { updateReference } from "./update-reference.ts";

export interface ConvertOptions {
  readonly description: ModelDescription;
  /** With `config.json`, a tokenizer, and `model.safetensors` or `pytorch_model.bin`. */
  readonly source: Folder;
  readonly target: WritableFolder;
  readonly dtype: Dtype;
  /** Where the reference is written; one that lies elsewhere stays. */
  readonly referencePath?: string | undefined;
  /** Of the published weights, hex, where somebody has computed it already: saves reading them once more. */
  readonly sourceSha256?: string | undefined;
  readonly threads?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** `file` is the one that is read or written; `reference` runs the published weights over the texts of the check. */
  readonly onProgress?: ((progress: AddModelProgress) => void) | undefined;
}

const FILES = {
  config: "config.json",
  tokenizer: "tokenizer.json",
  tokenizerConfig: "tokenizer_config.json",
} as const;

/**
 * Turns published weights into a folder that can be opened, or adds a precision to one.
 *
 * `sextant.json` is written last and names a digest for every file, so that what an abort leaves is never taken for a
 * model. Precisions of the same weights that are there already stay; those of other weights are removed.
 *
 * Throws: `model/unsupported` for another architecture or missing weights, `model/corrupt` for files that do not belong
 * together or weights that are no numbers, `model/too-large`, `storage/full`; the signal's reason.
 * Cost: while it writes, one tensor in memory; for the reference of q8 and q4 the file that was written and one layer.
 * The weights are read twice (digest and conversion), and once more for the first precision.
 */
export async function convertModel(options: ConvertOptions): Promise<ModelManifest> {
  const { description, source, target, dtype, signal } = options;
  const report = (
    phase: "convert" | "reference",
    file: string,
    doneBytes: number,
    totalBytes: number,
  ): void =>
    options.onProgress?.({ phase, file, doneBytes, totalBytes, bytesPerSecond: null, secondsLeft: null });
  const { pooling, similarity, prefixes } = description;
  const configJson = await readJsonFile(source, FILES.config);
  const config = parseBertConfig(configJson);
  assertDim(description, config.hidden);
  const checkpoint = await openCheckpoint(source);
  const weights = openPublished(checkpoint);
  const planned = planModel(exportBert({ config, weights, dtype, pooling, similarity }));

  await writeTokenizerFiles(source, target);
  const tokenizerJson = await readJsonFile(target, FILES.tokenizer);
  checkVocabulary(tokenizerJson, config.vocabulary, FILES.tokenizer);
  const files = {
    config: await copyPinned(source, target, FILES.config),
    tokenizer: await pinFile(target, FILES.tokenizer),
    tokenizerConfig: await pinFile(target, FILES.tokenizerConfig),
  };
  const published =
    options.sourceSha256 ??
    (await digestOf(await source.open(checkpoint.path), {
      signal,
      onBytes: (doneBytes) => report("convert", checkpoint.path, doneBytes, checkpoint.sizeBytes),
    }));
  const parts = [published, ...Object.values(files).map((file) => file.sha256)];
  const fingerprint = await sha256(JSON.stringify([parts, pooling, similarity, prefixes]));

  const before = await clearFor(target, fingerprint, dtype);
  const path = WEIGHTS_PATH[dtype];
  const stored = await writePlanned(target, path, planned, {
    signal,
    onBytes: (doneBytes) => report("convert", path, doneBytes, planned.sizeBytes),
  });

  const maxTokens = Math.min(description.maxTokens ?? config.positions, config.positions);
  const tokenizer = await createTokenizer(tokenizerJson, await readJsonFile(target, FILES.tokenizerConfig));
  const reference = await updateReference({
    target,
    path: options.referencePath ?? REFERENCE_PATHS[0],
    kept: before?.files.reference ?? null,
    texts: referenceTexts(tokenizer, vocabularyOf(tokenizerJson)),
    dtype,
    stored: stored.path,
    published: publishedReference(config, weights),
    config,
    pooling,
    similarity,
    tokenizer,
    maxTokens,
    threads: options.threads ?? defaultThreads(),
    signal,
    onPart(done) {
      const { path: file, sizeBytes } = checkpoint;
      report("reference", file, Math.round(sizeBytes * done), sizeBytes);
    },
  });
  signal?.throwIfAborted();
  const manifest: ModelManifest = {
    ...description,
    format: 1,
    dim: config.hidden,
    maxTokens,
    fingerprint,
    files: { ...files, reference },
    weights: { ...before?.weights, [dtype]: stored },
  };
  await writeManifest(target, manifest);
  return manifest;
}

function assertDim({ name, dim }: ModelDescription, hidden: number): void {
  if (dim === null || dim === hidden) return;
  throw new SextantError(
    "model/corrupt",
    `config.json says ${hidden} dimensions where ${name} has ${dim}. Check that all files are of this model.`,
    { path: FILES.config, dim, found: hidden },
  );
}

/** `checkVocabulary` has seen it. */
function vocabularyOf(tokenizerJson: unknown): ReadonlySet<string> {
  const { model } = tokenizerJson as { model: { vocab: Record<string, number> } };
  return new Set(Object.keys(model.vocab));
}
