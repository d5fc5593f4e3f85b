import * as runtime from "onnxruntime-web/webgpu";
import mjs from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url";
import wasm from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url";

runtime.env.wasm.wasmPaths = { mjs, wasm };

export { runtime };
