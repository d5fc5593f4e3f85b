import { SextantError, type Dtype, type LoadProgress } from "../../contract/index.ts";
import { modelInfo, type CatalogEntry } from "../catalog/catalog-entry.ts";
import { parseBertConfig } from "../convert/graphs/bert-config.ts";
import { buildBert } from "../convert/graphs/bert.ts";
import { readSafetensors } from "../convert/safetensors.ts";
import { openWeights } from "../convert/weights.ts";
import type { Gpu } from "../session/gpu.ts";
import { defaultThreads, loadRuntime } from "../session/runtime.ts";
import { openSession } from "../session/session.ts";
import { readVerified, type ModelFiles } from "../source/model-files.ts";
import { createTokenizer } from "../tokenize/tokenizer.ts";
import { GPU_BUCKETS } from "./batches.ts";
import { createEncoder, type Encoder } from "./encoder.ts";
import { createPace } from "./pace.ts";
import { checkParity, LEAST_PARITY, parseReference } from "./parity.ts";

export interface OpenEncoderOptions {
  readonly model: CatalogEntry;
  readonly files: ModelFiles;
  /** null computes on the CPU. The device stays the caller's. */
  readonly gpu: Gpu | null;
  readonly dtype: Dtype;
  /** Only the first encoder of a process decides. */
  readonly threads?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: LoadProgress) => void;
}

/**
 * Loads, verifies, converts and compiles a model, and runs it once over reference texts.
 *
 * Throws: `model/not-found`, `model/corrupt`, `model/unsupported`, `gpu/lost`; `gpu/wrong-vectors` when this GPU gives
 * vectors that are too far from the reference.
 */
export async function openEncoder(options: OpenEncoderOptions): Promise<Encoder> {
  const { model, gpu, dtype, signal, threads = defaultThreads() } = options;
  const startMs = performance.now();
  const info = modelInfo(model);
  const report = (phase: LoadProgress["phase"], doneBytes = info.sizeBytes): void =>
    options.onProgress?.({ phase, doneBytes, totalBytes: info.sizeBytes });

  const runtimeLoading = loadRuntime(threads);
  runtimeLoading.catch(() => undefined);
  const bytes = await readAll(options, (doneBytes) => report("fetch", doneBytes));

  report("convert");
  const tokenizer = await createTokenizer(parseJson(bytes.tokenizer), parseJson(bytes.tokenizerConfig));
  const graph = buildBert({
    config: parseBertConfig(parseJson(bytes.config)),
    weights: openWeights(readSafetensors(bytes.weights)),
    pooling: model.pooling,
    arithmetic: gpu === null && dtype === "q8" ? "int8" : "float32",
  });

  report("compile");
  const runtime = await runtimeLoading;
  signal?.throwIfAborted();
  const session = await openSession(runtime, graph, gpu?.device ?? null);

  try {
    report("check");
    const device = {
      used: gpu === null ? ("wasm" as const) : ("webgpu" as const),
      dtype,
      adapter: gpu?.adapter ?? null,
      threads: runtime.env.wasm.numThreads ?? threads,
    };
    const buckets = gpu === null ? [] : GPU_BUCKETS;
    const parts = { info, tokenizer, session, buckets, pace: createPace() };
    const unchecked = createEncoder({ ...parts, device: { ...device, parityCosine: null, loadMs: 0 } });
    const parityCosine = await checkParity(unchecked, parseReference(parseJson(bytes.reference), info.dim));
    signal?.throwIfAborted();
    if (parityCosine < LEAST_PARITY) throw wrongVectors(parityCosine, gpu);
    return createEncoder({
      ...parts,
      device: { ...device, parityCosine, loadMs: performance.now() - startMs },
    });
  } catch (error) {
    await session.close();
    throw error;
  }
}

type FileName = keyof CatalogEntry["files"];
type FileBytes = Readonly<Record<FileName, Uint8Array<ArrayBuffer>>>;

async function readAll(
  { model, files, signal }: OpenEncoderOptions,
  onBytes: (doneBytes: number) => void,
): Promise<FileBytes> {
  const doneByName = new Map<string, number>();
  const read = async (name: FileName) => {
    const onProgress = (doneBytes: number): void => {
      doneByName.set(name, doneBytes);
      onBytes([...doneByName.values()].reduce((sum, done) => sum + done, 0));
    };
    return readVerified(files, model.files[name], { signal, onProgress });
  };
  const [config, tokenizer, tokenizerConfig, weights, reference] = await Promise.all([
    read("config"),
    read("tokenizer"),
    read("tokenizerConfig"),
    read("weights"),
    read("reference"),
  ]);
  return { config, tokenizer, tokenizerConfig, weights, reference };
}

/** The digest was right, so what cannot be read was published that way. */
function parseJson(bytes: Uint8Array): object {
  return JSON.parse(new TextDecoder().decode(bytes)) as object;
}

function wrongVectors(cosine: number, gpu: Gpu | null): SextantError {
  return new SextantError(
    gpu === null ? "model/corrupt" : "gpu/wrong-vectors",
    `This device computes the model wrongly: cosine ${cosine.toFixed(4)} to the reference instead of ${LEAST_PARITY} or more. Choose another device.`,
    { cosine, least: LEAST_PARITY, adapter: gpu?.adapter ?? null },
  );
}
