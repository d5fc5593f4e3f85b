import type { CatalogEntry } from "./catalog-entry.ts";

/**
 * Source: basetenlabs/truss, truss/tests/util/test_basetenpointer.py, `test_with_main` (commit, bytes and digest as the
 * hub gives them); microsoft/LMOps at 4f2a9deb5f08e459fd44c2e4792344d78ca89fc3, llm_retriever: train_kd_biencoder.sh
 * (`--pool_type avg --l2_normalize True --max_len 256`, made from intfloat/e5-base-v2), src/config.py (`add_qd_prompt`
 * false), src/evaluation/dense_eval.py (no prefix), LICENSE; FlagOpen/FlagEmbedding,
 * research/llm_embedder/docs/evaluation.md (`--pooling_method mean --add_instruction false`).
 */
export const llmR: CatalogEntry = {
  id: "llm-r",
  name: "LLM-R",
  about:
    "Finds examples that help a language model solve a task; the paper's baseline for example retrieval.",
  repository: "intfloat/llm-retriever-base",
  revision: "41dec486b25746052d3335decc8f5961607418a0",
  architecture: "bert",
  dim: 768,
  maxTokens: 512,
  pooling: "mean",
  similarity: "cosine",
  prefixes: { query: "", key: "" },
  languages: ["en"],
  licence: "not known; its code is MIT",
  unknown: [
    "Its model card was not seen: the licence of the weights is not known, and what else it may say.",
    "It was trained on texts of at most 256 tokens; how it does on longer ones is not known.",
  ],
  files: [
    { path: "config.json", sizeBytes: null, sha256: null },
    { path: "tokenizer.json", sizeBytes: null, sha256: null },
    { path: "tokenizer_config.json", sizeBytes: null, sha256: null },
    {
      path: "model.safetensors",
      sizeBytes: 437_955_512,
      sha256: "565dd4f1cc6318ccf07af8680c27fd935b3b56ca2684d1af58abcd4e8bf6ecfa",
    },
  ],
  bundled: null,
  parameters: 109_482_240,
  inThePaper: "Queries and keys are cut at 256 tokens.",
};
