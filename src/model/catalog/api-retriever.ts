import type { CatalogEntry } from "./catalog-entry.ts";

/**
 * Source: huggingface.co/ToolBench/ToolBench_IR_bert_based_uncased, `tree/main` at the pinned commit (files; two modules,
 * none of which normalises) and commit fbb2993e24ba82fa538257801a80644238d49461 (`license: mit`); OpenBMB/ToolBench at
 * d56fdd89faf8c91fa135090b212bb9057ee5cfc2: toolbench/retrieval/train.py (`models.Pooling(dim)`: the mean),
 * scripts/train_retriever.sh (256 tokens), toolbench/inference/LLM/retriever.py (`util.cos_sim`), LICENSE;
 * FlagOpen/FlagEmbedding, research/llm_embedder/docs/evaluation.md (`--pooling_method mean --dense_metric ip`).
 */
export const apiRetriever: CatalogEntry = {
  id: "api-retriever",
  name: "API-Retriever",
  about: "ToolBench's own retriever of API descriptions; the paper's baseline for tool retrieval.",
  repository: "ToolBench/ToolBench_IR_bert_based_uncased",
  revision: "cf4a904c33cde549643aa6d9091146e68ed4932f",
  architecture: "bert",
  dim: 768,
  maxTokens: 512,
  pooling: "mean",
  similarity: "cosine",
  prefixes: { query: "", key: "" },
  languages: ["en"],
  licence: "unclear: MIT in its first model card, none in the current one; its code is Apache-2.0",
  unknown: [
    "It was trained on texts of at most 256 tokens; how it does on longer ones is not known.",
    "The digest of its weights is not known here; the hub's own is used.",
  ],
  files: [
    { path: "config.json", sizeBytes: 831, sha256: null },
    { path: "tokenizer.json", sizeBytes: null, sha256: null },
    { path: "tokenizer_config.json", sizeBytes: 439, sha256: null },
    { path: "1_Pooling/config.json", sizeBytes: 190, sha256: null },
    { path: "pytorch_model.bin", sizeBytes: null, sha256: null },
  ],
  downloadBytes: 438_000_000,
  bundled: null,
  parameters: 109_482_240,
  inThePaper: "Compared by inner product without normalising; queries and keys are cut at 256 tokens.",
};
