// AssemblyScript. Compiled by tools/wasm/build.ts into src/vectors/kernels/wasm/sign-bytes.ts, once with and once
// without relaxed SIMD.
export { append } from "./signs/append";
export {
  detailBytes,
  detailsAt,
  factorsAt,
  foundAt,
  foundLowerAt,
  foundUpperAt,
  inputAt,
  maskAt,
  momentsAt,
  place as layOut,
  queryAt,
  signsAt,
  stride,
} from "./signs/layout";
export { prepare } from "./signs/query";
export { drawRotation } from "./signs/rotate";
export { scan } from "./signs/scan";
export { select } from "./signs/select";
