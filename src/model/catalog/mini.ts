import type { CatalogEntry } from "./catalog-entry.ts";

/** The model that comes with Sextant. Source: public/models/mini/manifest.json, made by tools/golden/quantize-mini.ts. */
export const mini: CatalogEntry = {
  id: "sextant-mini",
  name: "Sextant mini",
  revision: "118553d3f06e10950963c383ad44cebf46ed6893f686475dc938246ee2185c67",
  dim: 256,
  maxTokens: 512,
  pooling: "mean",
  licence: "MIT; training data under the terms named in the model card",
  languages: ["en"],
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
    weights: {
      path: "model.q8.safetensors",
      sizeBytes: 8003632,
      sha256: "8d2d29a33ffb49c8b15e4d4a30760a5beebe2c678ae9c98d7deff62dcf49b4fd",
    },
    reference: {
      path: "reference.json",
      sizeBytes: 11856,
      sha256: "699f6ce1d4d805c0553aec89d3ef3ae2a4f9b78e06eee63d972e4c2a83c7c5e8",
    },
  },
};
