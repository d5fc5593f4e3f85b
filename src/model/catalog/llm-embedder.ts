import type { CatalogEntry } from "./catalog-entry.ts";

/**
 * Source: huggingface.co/BAAI/llm-embedder, `tree/main` and the large-file pointers at the pinned commit (files, digests,
 * licence), `config.json` (shape), `1_Pooling/config.json`, `modules.json` (CLS, then normalised); FlagOpen/FlagEmbedding
 * at 7ed43d67ec03fbe5c31c0992dbfa941fb1860549, research/llm_embedder/README.md (the printed similarities).
 */
export const llmEmbedder: CatalogEntry = {
  id: "llm-embedder",
  name: "LLM-Embedder",
  about: "One embedder for all six tasks, each with its own pair of instructions: the model of the paper.",
  repository: "BAAI/llm-embedder",
  revision: "c3e8ac86ff4859012570d6b59341fe67b88e55ad",
  architecture: "bert",
  dim: 768,
  maxTokens: 512,
  pooling: "cls",
  similarity: "cosine",
  prefixes: "tasks",
  languages: ["en"],
  licence: "MIT",
  unknown: [
    "Its training data's own terms are not discussed by its authors; MS MARCO among them is for non-commercial use.",
  ],
  files: [
    { path: "config.json", sizeBytes: 731, sha256: null },
    { path: "tokenizer.json", sizeBytes: null, sha256: null },
    { path: "tokenizer_config.json", sizeBytes: 396, sha256: null },
    { path: "1_Pooling/config.json", sizeBytes: 190, sha256: null },
    {
      path: "model.safetensors",
      sizeBytes: null,
      sha256: "56706b084e5defefeb88119b44cac212a9dbc376cc259e3816f1e35e30dacfc5",
    },
    {
      path: "pytorch_model.bin",
      sizeBytes: null,
      sha256: "3f76bef3211017583a582eed6e45c3ef331cc23cbe986d66aaad95b134ed6bfb",
    },
  ],
  downloadBytes: 438_000_000,
  bundled: null,
  parameters: 109_482_240,
  inThePaper: "Queries and keys are cut at 256 tokens.",
  published: {
    task: "qa",
    queries: ["test query 1", "test query 2"],
    keys: ["test key 1", "test key 2"],
    expected: [
      [0.8971, 0.8534],
      [0.8462, 0.9091],
    ],
  },
};
