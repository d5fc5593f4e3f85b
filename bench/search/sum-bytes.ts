/** tools/wasm/assembly/sum.ts, compiled by `npx tsx tools/wasm/build.ts`: without and with relaxed SIMD. Base64. */
export const SIMD_SUM =
  "AGFzbQEAAAABBwFgAn9/AX8DAgEABQMBAAAHEAIDc3VtAAAGbWVtb3J5AgAKfQF7AQR7IAAgAWohAQNAIAAgAUkEQCACIAD9AAQA/a4BIQIgAyAA/QAEEP2uASEDIAQgAP0ABCD9rgEhBCAFIAD9AAQw/a4BIQUgAEFAayEADAELCyACIAP9rgEgBCAF/a4B/a4BIgL9GwAgAv0bAWogAv0bAmogAv0bA2oL";
