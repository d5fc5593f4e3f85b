export type Transformers = typeof import("@xenova/transformers");

export interface TransformersOptions {
  /** By their paths in transformers.js' layout. */
  readonly contents: Readonly<Record<string, Uint8Array<ArrayBuffer>>>;
  /** null computes on the CPU. */
  readonly device: GPUDevice | null;
  readonly threads: number;
}

/** Under this name transformers.js asks for a model's files; it goes nowhere. */
export const LOCAL_MODEL = "local";

/** transformers.js with the files of one model: nothing is fetched, its files come from memory and its runtime from Sextant's own. */
export async function loadTransformers({
  contents,
  device,
  threads,
}: TransformersOptions): Promise<Transformers> {
  const transformers = await import("@xenova/transformers");
  const { env } = transformers;
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.useBrowserCache = false;
  env.useWasmCache = false;
  env.useCustomCache = true;
  env.customCache = {
    match: (request: string) => {
      const [, path = ""] = request.split(`/${LOCAL_MODEL}/`);
      const bytes = contents[path];
      return Promise.resolve(bytes && new Response(bytes));
    },
    put: () => Promise.resolve(),
  };
  const { onnx } = env.backends;
  Object.assign(onnx.wasm ?? {}, { numThreads: threads, wasmPaths: await ownRuntime() });
  if (device !== null) Object.assign(onnx.webgpu ?? {}, { device });
  return transformers;
}

async function ownRuntime(): Promise<{ mjs: string; wasm: string }> {
  const { runtime } = await import("./runtime-asyncify.ts");
  const { wasmPaths } = runtime.env.wasm;
  if (typeof wasmPaths === "object" && wasmPaths.mjs && wasmPaths.wasm)
    return { mjs: String(wasmPaths.mjs), wasm: String(wasmPaths.wasm) };
  throw new TypeError("the runtime has no files of its own");
}
