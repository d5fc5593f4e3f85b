import type { CatalogEntry } from "./catalog-entry.ts";

/**
 * Source: huggingface.co/BAAI/bge-base-en, `tree/main` at the pinned commit (files, licence); FlagOpen/FlagEmbedding at
 * 7ed43d67ec03fbe5c31c0992dbfa941fb1860549: TASK_CONFIG["bge"] in research/llm_embedder/src/retrieval/data.py
 * (instruction), research/llm_embedder/docs/evaluation.md (how it was run: CLS, cosine).
 */
export const bgeBaseEn: CatalogEntry = {
  id: "bge-base-en",
  name: "BGE base (English)",
  about:
    "The general embedder that LLM-Embedder was made from, and the strongest general baseline of its paper.",
  repository: "BAAI/bge-base-en",
  revision: "b737bf5dcc6ee8bdc530531266b4804a5d77b5d8",
  architecture: "bert",
  dim: 768,
  maxTokens: 512,
  pooling: "cls",
  similarity: "cosine",
  prefixes: { query: "Represent this sentence for searching relevant passages: ", key: "" },
  languages: ["en"],
  licence: "MIT",
  unknown: ["The digest of its weights is not known here; the hub's own is used."],
  files: [
    { path: "config.json", sizeBytes: 719, sha256: null },
    { path: "tokenizer.json", sizeBytes: null, sha256: null },
    { path: "tokenizer_config.json", sizeBytes: 366, sha256: null },
    { path: "model.safetensors", sizeBytes: null, sha256: null },
    { path: "pytorch_model.bin", sizeBytes: null, sha256: null },
  ],
  downloadBytes: 438_000_000,
  bundled: null,
  parameters: 109_482_240,
  inThePaper: "Queries and keys are cut at 256 tokens.",
};
