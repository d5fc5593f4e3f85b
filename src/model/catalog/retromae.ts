import type { CatalogEntry } from "./catalog-entry.ts";

/**
 * Source: huggingface.co/Shitao/RetroMAE_BEIR, commit 04ac95a0637edd0b3803fae77b6c034cb7fbcca2 (files, digest, shape);
 * staoxiao/RetroMAE at ee375876a5e571617e37dd43450decc7865e2a07: examples/retriever/BEIR/README.md
 * (`--pooling_strategy cls --score_function dot`), LICENSE; FlagOpen/FlagEmbedding,
 * research/llm_embedder/docs/evaluation.md (`--dense_metric ip --add_instruction False`).
 */
export const retromae: CatalogEntry = {
  id: "retromae",
  name: "RetroMAE (BEIR)",
  about:
    "Pre-trained to rebuild texts from their vectors, then fine-tuned on MS MARCO; a baseline of LLM-Embedder's paper.",
  repository: "Shitao/RetroMAE_BEIR",
  revision: "04ac95a0637edd0b3803fae77b6c034cb7fbcca2",
  architecture: "bert",
  dim: 768,
  maxTokens: 512,
  pooling: "cls",
  similarity: "inner-product",
  prefixes: { query: "", key: "" },
  languages: ["en"],
  licence: "not stated on the hub; its code is Apache-2.0",
  unknown: ["Whether the licence of its code holds for the weights is not stated."],
  files: [
    { path: "config.json", sizeBytes: 655, sha256: null },
    { path: "vocab.txt", sizeBytes: null, sha256: null },
    { path: "tokenizer_config.json", sizeBytes: 553, sha256: null },
    { path: "special_tokens_map.json", sizeBytes: 112, sha256: null },
    {
      path: "pytorch_model.bin",
      sizeBytes: 437_998_385,
      sha256: "6b7d77f9fcadadf6b9a787b0eac3025a63ea44430c4b49f0096f7c1b65fa25b2",
    },
  ],
  bundled: null,
  parameters: 109_482_240,
  inThePaper: "Queries and keys are cut at 256 tokens.",
};
