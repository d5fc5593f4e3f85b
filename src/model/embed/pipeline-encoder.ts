import { SextantError, type Dtype, type LoadProgress, type ModelDescription } from "../../contract/index.ts";
import { pinFile, writePinned } from "../convert/target-files.ts";
import type { WritableFolder } from "../folder.ts";
import { modelInfo, REFERENCE_PATHS, WEIGHTS_PATH, weightsOf, type ModelManifest } from "../manifest.ts";
import type { Gpu } from "../session/gpu.ts";
import { defaultThreads } from "../session/runtime.ts";
import { readVerified, type ModelFiles } from "../source/model-files.ts";
import { parseJsonFile, readJsonFile } from "../tokenize/json-file.ts";
import { referenceTexts } from "../convert/reference-texts.ts";
import { GPU_BUCKETS } from "./batches.ts";
import { breathe } from "./breathe.ts";
import { createEncoder } from "./encoder.ts";
import type { OpenedEncoder } from "./open-encoder.ts";
import { createPace } from "./pace.ts";
import { inspectParity, parseReference } from "./parity.ts";
import { pipelineFingerprint } from "./pipeline-fingerprint.ts";
import { openPipeline } from "./pipeline-session.ts";

/**
 * The reference of such a model is what its own stored weights give on WASM, so that the check tells whether devices
 * agree. Two precisions share one reference, hence the room; vectors that have nothing to do with it are near 0.
 */
const LEAST_AGREEMENT = 0.95;

export interface OpenPipelineOptions {
  readonly manifest: ModelManifest;
  readonly files: ModelFiles;
  readonly dtype: Dtype;
  /** null computes on the CPU. The device stays the caller's. */
  readonly gpu: Gpu | null;
  readonly threads?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: LoadProgress) => void) | undefined;
}

/**
 * Opens a model whose graph is used as it was published, by transformers.js.
 *
 * Throws: `model/not-found`, `model/corrupt`, `model/unsupported`; `gpu/wrong-vectors` when this GPU disagrees with WASM.
 */
export async function openPipelineEncoder(options: OpenPipelineOptions): Promise<OpenedEncoder> {
  const { manifest, files, dtype, gpu, signal, threads = defaultThreads() } = options;
  const startMs = performance.now();
  const info = modelInfo(manifest, dtype);
  const report = (phase: LoadProgress["phase"], doneBytes = info.sizeBytes): void =>
    options.onProgress?.({ phase, doneBytes, totalBytes: info.sizeBytes });

  const contents: Record<string, Uint8Array<ArrayBuffer>> = {};
  let doneBytes = 0;
  for (const file of [...Object.values(manifest.files), weightsOf(manifest, dtype)]) {
    contents[file.path] = await readVerified(files, file, { signal });
    report("fetch", (doneBytes += file.sizeBytes));
  }
  const json = (path: string): object => parseJsonFile(new TextDecoder().decode(contents[path]), path);
  const reference = parseReference(json(manifest.files.reference.path), info.dim);

  report("compile");
  const { pooling, similarity, name } = manifest;
  const device = gpu?.device ?? null;
  const { tokenizer, session } = await openPipeline({
    name,
    contents,
    dtype,
    device,
    threads,
    pooling,
    similarity,
  });
  try {
    report("check");
    const used = gpu === null ? ("wasm" as const) : ("webgpu" as const);
    const adapter = gpu?.adapter ?? null;
    const deviceInfo = { used, dtype, arithmetic: "float32", adapter, threads } as const;
    const buckets = gpu === null ? [] : GPU_BUCKETS;
    const parts = { info, tokenizer, session, buckets, pace: createPace(session.runsAtOnce) };
    const unchecked = createEncoder({ ...parts, device: { ...deviceInfo, parityCosine: null, loadMs: 0 } });
    const cosines = (await inspectParity(unchecked, reference)).map(({ cosine }) => cosine);
    signal?.throwIfAborted();
    const parityCosine = Math.min(...cosines);
    // Not `<`, which lets NaN through.
    if (!(parityCosine >= LEAST_AGREEMENT)) throw disagreement(name, parityCosine, gpu);
    const loadMs = performance.now() - startMs;
    const encoder = createEncoder({ ...parts, device: { ...deviceInfo, parityCosine, loadMs } });
    return { ...encoder, reference, fallback: null };
  } catch (error) {
    await session.close();
    throw error;
  }
}

export interface PreparePipelineOptions {
  readonly description: ModelDescription;
  /** With the graph of `dtype`, `config.json` and the tokenizer's files. */
  readonly folder: WritableFolder;
  readonly dtype: Dtype;
  /** Where its reference is written. */
  readonly referencePath?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?:
    | ((progress: {
        readonly phase: "reference";
        readonly file: string;
        readonly doneBytes: number;
        readonly totalBytes: number;
      }) => void)
    | undefined;
}

/**
 * Runs a published graph once on WASM, to see that it is an encoder, and writes what it gave as its reference.
 *
 * Throws: `model/unsupported` when transformers.js does not run it.
 */
export async function preparePipeline(options: PreparePipelineOptions): Promise<ModelManifest> {
  const { description, folder, dtype, signal, onProgress } = options;
  const path = WEIGHTS_PATH[dtype];
  const weights = await pinFile(folder, path);
  onProgress?.({ phase: "reference", file: path, doneBytes: 0, totalBytes: weights.sizeBytes });
  const files = {
    config: await pinFile(folder, "config.json"),
    tokenizer: await pinFile(folder, "tokenizer.json"),
    tokenizerConfig: await pinFile(folder, "tokenizer_config.json"),
  };
  const contents: Record<string, Uint8Array<ArrayBuffer>> = {};
  for (const file of [...Object.values(files), weights]) {
    const source = await folder.open(file.path);
    contents[file.path] = await source.read(0, source.sizeBytes);
    signal?.throwIfAborted();
  }
  const { pooling, similarity, name } = description;
  const threads = defaultThreads();
  const opened = await openPipeline({ name, contents, dtype, device: null, threads, pooling, similarity });
  const { tokenizer, session } = opened;
  try {
    const texts = referenceTexts(tokenizer, new Set());
    const vectors: number[][] = [];
    for (const text of texts) {
      const ids = Int32Array.from(tokenizer.encode(text, 256));
      const batch = { rows: 1, length: ids.length, ids, mask: new Float32Array(ids.length).fill(1) };
      vectors.push([...(await session.run(batch))]);
      await breathe();
      signal?.throwIfAborted();
    }
    const dim = vectors[0]?.length ?? 0;
    if (vectors.some((vector) => !vector.every(Number.isFinite)))
      throw new SextantError("model/corrupt", `${name} gives vectors that are no numbers. Load it again.`);
    const { referencePath = REFERENCE_PATHS[0] } = options;
    const reference = await writePinned(folder, referencePath, JSON.stringify({ texts, vectors }));
    const config = await readJsonFile(folder, "config.json");
    onProgress?.({
      phase: "reference",
      file: path,
      doneBytes: weights.sizeBytes,
      totalBytes: weights.sizeBytes,
    });
    return {
      ...description,
      format: 1,
      dim,
      maxTokens: description.maxTokens ?? placesIn(config),
      fingerprint: await pipelineFingerprint(files, description),
      files: { ...files, reference },
      weights: { [dtype]: weights },
    };
  } finally {
    await session.close();
  }
}

/** What most encoders have; more than that would have been said. */
const USUAL_PLACES = 512;

function placesIn({
  max_position_embeddings: places,
}: {
  readonly max_position_embeddings?: unknown;
}): number {
  return typeof places === "number" ? places : USUAL_PLACES;
}

function disagreement(name: string, cosine: number, gpu: Gpu | null): SextantError {
  return new SextantError(
    gpu === null ? "model/corrupt" : "gpu/wrong-vectors",
    `This device computes ${name} in another way than WASM did: cosine ${cosine.toFixed(4)} instead of ${LEAST_AGREEMENT} or more. Choose another device.`,
    { cosine, least: LEAST_AGREEMENT, adapter: gpu?.adapter ?? null },
  );
}
