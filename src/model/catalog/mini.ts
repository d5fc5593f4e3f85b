import type { ModelManifest } from "../manifest.ts";

/** The model that comes with Sextant. Source: public/models/mini/sextant.json, made by tools/golden/quantize-mini.ts. */
export const mini: ModelManifest = {
  id: "sextant-mini",
  name: "Sextant mini",
  repository: null,
  revision: null,
  architecture: "bert",
  dim: 256,
  maxTokens: 512,
  pooling: "mean",
  similarity: "cosine",
  prefixes: "tasks",
  languages: ["en"],
  licence: "MIT; training data under the terms named in the model card",
  unknown: [],
  format: 1,
  fingerprint: "d3a09049d96611828375d7f8484f46e75c70e2ee0628d14db36cb0d02d83e7f5",
  files: {
    config: {
      path: "config.json",
      sizeBytes: 474,
      sha256: "3a61673b3a26bee7d07013a9a0b16ca0f2349bafdb0f937da7998c0bbab179ea",
    },
    tokenizer: {
      path: "tokenizer.json",
      sizeBytes: 402751,
      sha256: "24ea1fcca88827f6317475b9b940305a5996c6ca8e8bb54b637538da1134a6c2",
    },
    tokenizerConfig: {
      path: "tokenizer_config.json",
      sizeBytes: 1087,
      sha256: "cb8ecdaeb0522426426ebbb3af1171239471bf654409876aee59596ded66bcb1",
    },
    reference: {
      path: "reference.json",
      sizeBytes: 26363,
      sha256: "59d56716abeeccec92a42a53b80213a977ca37c152b98709cc5a9fd5c4c7b19a",
    },
  },
  weights: {
    q8: {
      path: "onnx/model_quantized.onnx",
      sizeBytes: 8035814,
      sha256: "89d108ad77ed23453a009f48f5ba72740e0d16cadf220c6026e2c7e862392d78",
    },
  },
};
