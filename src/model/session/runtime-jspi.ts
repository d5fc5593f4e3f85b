import * as runtime from "onnxruntime-web/jspi";
import mjs from "onnxruntime-web/ort-wasm-simd-threaded.jspi.mjs?url";
import wasm from "onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url";

runtime.env.wasm.wasmPaths = { mjs, wasm };

export { runtime };
