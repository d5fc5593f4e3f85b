const nothing = {};
/** In the place of native packages that transformers.js would have in Node, where Sextant runs ONNX Runtime's WebAssembly. */
export { nothing as default };
