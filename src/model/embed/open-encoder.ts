import { isSextantError, type Arithmetic, type Dtype, type LoadProgress } from "../../contract/index.ts";
import { parseBertConfig } from "../convert/graphs/bert-config.ts";
import { buildBert } from "../convert/graphs/bert.ts";
import type { Reference } from "../convert/reference.ts";
import { openStored } from "../convert/stored.ts";
import { modelInfo, weightsOf, type ModelFile, type ModelManifest } from "../manifest.ts";
import type { Gpu } from "../session/gpu.ts";
import { defaultThreads, loadRuntime, type Runtime } from "../session/runtime.ts";
import { openSession } from "../session/session.ts";
import { readVerified, type ModelFiles } from "../source/model-files.ts";
import { parseJsonFile } from "../tokenize/json-file.ts";
import { createTokenizer } from "../tokenize/tokenizer.ts";
import { GPU_BUCKETS } from "./batches.ts";
import { createEncoder, type Encoder } from "./encoder.ts";
import { createPace, createSteadyPace } from "./pace.ts";
import { checkParity, parseReference } from "./parity.ts";

export interface OpenEncoderOptions {
  readonly manifest: ModelManifest;
  readonly files: ModelFiles;
  readonly dtype: Dtype;
  /** null computes on the CPU. The device stays the caller's. */
  readonly gpu: Gpu | null;
  /** Only the first encoder of a process decides. */
  readonly threads?: number | undefined;
  /** Batches texts alike every time, however busy the machine is, so that they get the same bits. */
  readonly isSteady?: boolean | undefined;
  /** Instead of the fastest that the device and the stored precision allow. */
  readonly arithmetic?: Arithmetic | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: LoadProgress) => void) | undefined;
}

/** A faster arithmetic that was tried and gave wrong vectors. */
export interface ArithmeticFallback {
  readonly from: Arithmetic;
  readonly to: Arithmetic;
  readonly why: string;
}

export interface OpenedEncoder extends Encoder {
  /** What it was checked against while it was opened: `inspectParity` repeats that. */
  readonly reference: Reference;
  readonly fallback: ArithmeticFallback | null;
}

/**
 * Loads, verifies and compiles a model, and runs it once over reference texts.
 *
 * Where the device multiplies half precision, that is tried first; if its vectors are wrong, float32 takes its place and
 * `fallback` says so. A model that is stored in fp32 is computed in float32: who keeps four bytes a weight wants them.
 *
 * Throws: `model/not-found`, `model/corrupt`, `model/unsupported`, `gpu/lost`; `gpu/wrong-vectors` when this GPU gives
 * vectors that are too far from the reference; the signal's reason.
 */
export async function openEncoder(options: OpenEncoderOptions): Promise<OpenedEncoder> {
  const loaded = await load(options);
  const wanted = options.arithmetic ?? fastest(options);
  try {
    return { ...(await compile(loaded, options, wanted)), reference: loaded.reference, fallback: null };
  } catch (error) {
    const wrong = isSextantError(error, "gpu/wrong-vectors") || isSextantError(error, "vectors/nan");
    if (!wrong || wanted !== "float16" || options.arithmetic !== undefined) throw error;
    const encoder = await compile(loaded, options, "float32");
    const fallback = { from: wanted, to: "float32", why: error.message } as const;
    return { ...encoder, reference: loaded.reference, fallback };
  }
}

function fastest({ gpu, dtype }: OpenEncoderOptions): Arithmetic {
  if (gpu === null) return dtype === "q8" ? "int8" : "float32";
  return dtype !== "fp32" && gpu.device.features.has("shader-f16") ? "float16" : "float32";
}

type Loaded = Awaited<ReturnType<typeof load>>;

async function load(options: OpenEncoderOptions) {
  const { manifest, dtype, threads = defaultThreads() } = options;
  const startMs = performance.now();
  const info = modelInfo(manifest, dtype);
  const report = (phase: LoadProgress["phase"], doneBytes = info.sizeBytes): void =>
    options.onProgress?.({ phase, doneBytes, totalBytes: info.sizeBytes });

  const runtimeLoading = loadRuntime(threads);
  runtimeLoading.catch(() => undefined);
  const bytes = await readAll(options, (doneBytes) => report("fetch", doneBytes));

  report("convert");
  const tokenizer = await createTokenizer(parseJson(bytes.tokenizer), parseJson(bytes.tokenizerConfig));
  const runtime: Runtime = await runtimeLoading;
  options.signal?.throwIfAborted();
  return {
    startMs,
    info,
    report,
    tokenizer,
    runtime,
    config: parseBertConfig(parseJson(bytes.config)),
    weights: openStored(bytes.weights.content, bytes.weights.path),
    reference: parseReference(parseJson(bytes.reference), info.dim),
  };
}

async function compile(
  { startMs, info, report, tokenizer, runtime, config, weights, reference }: Loaded,
  { manifest, gpu, dtype, signal, isSteady, threads = defaultThreads() }: OpenEncoderOptions,
  arithmetic: Arithmetic,
): Promise<Encoder> {
  const { pooling, similarity } = manifest;
  const used = gpu === null ? "wasm" : "webgpu";
  const graph = buildBert({ config, weights, pooling, similarity, arithmetic, device: used });
  report("compile");
  const session = await openSession(runtime, graph, gpu?.device ?? null);
  try {
    report("check");
    const device = {
      used,
      dtype,
      arithmetic,
      adapter: gpu?.adapter ?? null,
      threads: runtime.env.wasm.numThreads ?? threads,
    } as const;
    const buckets = gpu === null ? [] : GPU_BUCKETS;
    const pace = isSteady ? createSteadyPace() : createPace(session.runsAtOnce);
    const parts = { info, tokenizer, session, buckets, pace };
    const unchecked = createEncoder({ ...parts, device: { ...device, parityCosine: null, loadMs: 0 } });
    const parityCosine = await checkParity(unchecked, reference);
    signal?.throwIfAborted();
    return createEncoder({
      ...parts,
      device: { ...device, parityCosine, loadMs: performance.now() - startMs },
    });
  } catch (error) {
    await session.close();
    throw error;
  }
}

type FileName = keyof ModelManifest["files"] | "weights";

interface LoadedFile {
  readonly path: string;
  readonly content: Uint8Array<ArrayBuffer>;
}

async function readAll(
  { manifest, dtype, files, signal }: OpenEncoderOptions,
  onBytes: (doneBytes: number) => void,
): Promise<Readonly<Record<FileName, LoadedFile>>> {
  const doneByPath = new Map<string, number>();
  const read = async (file: ModelFile): Promise<LoadedFile> => {
    const { path } = file;
    const onProgress = (doneBytes: number): void => {
      doneByPath.set(path, doneBytes);
      onBytes([...doneByPath.values()].reduce((sum, done) => sum + done, 0));
    };
    return { path, content: await readVerified(files, file, { signal, onProgress }) };
  };
  const { config, tokenizer, tokenizerConfig, reference } = manifest.files;
  const [weights, ...others] = await Promise.all([
    read(weightsOf(manifest, dtype)),
    read(config),
    read(tokenizer),
    read(tokenizerConfig),
    read(reference),
  ]);
  return {
    weights,
    config: others[0],
    tokenizer: others[1],
    tokenizerConfig: others[2],
    reference: others[3],
  };
}

function parseJson({ path, content }: LoadedFile): object {
  return parseJsonFile(new TextDecoder().decode(content), path);
}
