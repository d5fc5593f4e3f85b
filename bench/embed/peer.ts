import { env, pipeline } from "@xenova/transformers";
import mjs from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url";
import wasm from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url";
import {
  mini,
  openWeights,
  parseBertConfig,
  readSafetensors,
  type ModelFiles,
} from "../../src/model/index.ts";
import { buildExportedBert } from "./exported-graph.ts";

/** What both contenders do: texts in, unit vectors f32[texts, dim] out. */
export type Embed = (texts: readonly string[]) => Promise<Float32Array>;

export interface PeerOptions {
  readonly files: ModelFiles;
  readonly device: "wasm" | "webgpu";
  readonly dtype: "fp32" | "q8";
  readonly threads: number;
}

const BATCH = 32;

/** The plain `feature-extraction` pipeline of transformers.js, called as its documentation shows: batches of 32. */
export async function openPeer({ files, device, dtype, threads }: PeerOptions): Promise<Embed> {
  const config = await files.read(mini.files.config.path);
  const weights = openWeights(readSafetensors(await files.read(mini.files.weights.path)));
  const parsed: unknown = JSON.parse(new TextDecoder().decode(config));
  const onnx = buildExportedBert(parseBertConfig(parsed), weights, dtype);
  const contents: Record<string, Uint8Array> = {
    "config.json": config,
    "tokenizer.json": await files.read(mini.files.tokenizer.path),
    "tokenizer_config.json": await files.read(mini.files.tokenizerConfig.path),
    "onnx/model.onnx": onnx,
    "onnx/model_quantized.onnx": onnx,
  };
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.useBrowserCache = false;
  env.useWasmCache = false;
  env.useCustomCache = true;
  env.customCache = {
    match: async (request: string) => {
      const path = Object.keys(contents).find((name) => request.endsWith(`/peer/${name}`));
      return path === undefined ? undefined : new Response(new Uint8Array(contents[path] ?? []));
    },
    put: () => Promise.resolve(),
  };
  Object.assign(env.backends.onnx.wasm ?? {}, { numThreads: threads, wasmPaths: { mjs, wasm } });
  const extract = await pipeline("feature-extraction", "peer", { device, dtype });
  return async (texts) => {
    const vectors = new Float32Array(texts.length * mini.dim);
    for (let start = 0; start < texts.length; start += BATCH) {
      const output = await extract(texts.slice(start, start + BATCH), { pooling: "mean", normalize: true });
      vectors.set(output.data as Float32Array, start * mini.dim);
    }
    return vectors;
  };
}
