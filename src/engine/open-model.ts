import { SextantError, type Dtype } from "../contract/index.ts";
import { createHttpFiles, mini, openEncoder, probeGpu, type ModelFiles } from "../model/index.ts";
import type { ModelPart } from "./parts.ts";

/** The bundled weights are 8-bit; WASM multiplies them so, WebGPU expands them to float32 at load. */
const DTYPE: Dtype = "q8";

/** Opens the bundled model from a folder of models: a URL that ends in a slash, or any other source of files. */
export function openModel(from: string | ModelFiles): ModelPart {
  const files = typeof from === "string" ? createHttpFiles(`${from}mini/`) : from;
  return {
    bundled: { modelId: mini.id, dtype: DTYPE },
    list: () => Promise.resolve([]),
    add: () => Promise.reject(new TypeError("not yet")),
    remove: () => Promise.reject(new TypeError("not yet")),
    hub: () => ({ endpoint: "https://huggingface.co", hasToken: false }),
    async probe() {
      const gpu = await probeGpu();
      gpu?.device.destroy();
      return gpu;
    },
    async open(_choice, device, { onProgress }) {
      const gpu = device === "webgpu" ? await probeGpu() : null;
      if (device === "webgpu" && !gpu)
        throw new SextantError("gpu/unavailable", "This browser offers no WebGPU device: choose WASM.");
      try {
        const encoder = await openEncoder({ manifest: mini, files, gpu, dtype: DTYPE, onProgress });
        const close = async () => {
          await encoder.close();
          gpu?.device.destroy();
        };
        const check = () => Promise.reject(new TypeError("not yet"));
        return { ...encoder, check, close };
      } catch (error) {
        gpu?.device.destroy();
        throw error;
      }
    },
  };
}
