import { env, pipeline } from "@xenova/transformers";
import mjs from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url";
import wasm from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url";
import type { Dtype, Pooling } from "../../src/contract/index.ts";
import type { Embed } from "./ours.ts";

export interface PeerOptions {
  /** A file of the model by its path in transformers.js' layout; undefined when it is not there. */
  readonly read: (path: string) => Promise<Response | undefined>;
  readonly pooling: Pooling;
  readonly dim: number;
  readonly device: "wasm" | "webgpu";
  readonly dtype: Dtype;
  readonly threads: number;
}

const BATCH = 32;

/** The plain `feature-extraction` pipeline of transformers.js, called as its documentation shows: batches of 32. */
export async function openPeer(options: PeerOptions): Promise<Embed> {
  const { read, pooling, dim, device, dtype, threads } = options;
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.useBrowserCache = false;
  env.useWasmCache = false;
  env.useCustomCache = true;
  env.customCache = {
    match: async (request: string) => {
      const [, path] = request.split("/peer/");
      return path === undefined ? undefined : read(path);
    },
    put: () => Promise.resolve(),
  };
  Object.assign(env.backends.onnx.wasm ?? {}, { numThreads: threads, wasmPaths: { mjs, wasm } });
  const extract = await pipeline("feature-extraction", "peer", { device, dtype });
  return async (texts) => {
    const vectors = new Float32Array(texts.length * dim);
    for (let start = 0; start < texts.length; start += BATCH) {
      const output = await extract(texts.slice(start, start + BATCH), { pooling, normalize: true });
      vectors.set(output.data as Float32Array, start * dim);
    }
    return vectors;
  };
}
