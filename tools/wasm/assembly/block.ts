// AssemblyScript. Compiled by tools/wasm/build.ts into src/vectors/kernels/wasm/block-bytes.ts, once with and once
// without relaxed SIMD.
export { append } from "./append";
export {
  codesAt,
  foundAt,
  foundLowerAt,
  foundUpperAt,
  inputAt,
  layOut,
  lowerAt,
  maskAt,
  momentsAt,
  numbersAt,
  queriesAt,
  recordBytes,
  recordsAt,
  upperAt,
} from "./layout";
export { prepare } from "./query";
export { scan } from "./scan";
export { rescore, select } from "./select";
