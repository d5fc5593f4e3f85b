import type { CatalogEntry } from "./catalog-entry.ts";

/**
 * Source: huggingface.co/facebook/contriever, `tree/main` at the pinned commit (files, no licence);
 * facebookresearch/contriever at 39fb2201450cdba1648183737ed56d6b1bc33778: src/contriever.py (`pooling="average"`,
 * `normalize=False`), README.md (dot product), generate_passage_embeddings.py (512 tokens), LICENSE;
 * FlagOpen/FlagEmbedding, research/llm_embedder/docs/evaluation.md (`--dense_metric ip --add_instruction False`).
 */
export const contriever: CatalogEntry = {
  id: "contriever",
  name: "Contriever",
  about: "Trained without a single labelled pair; a baseline of LLM-Embedder's paper.",
  repository: "facebook/contriever",
  revision: "2bd46a25019aeea091fd42d1f0fd4801675cf699",
  architecture: "bert",
  dim: 768,
  maxTokens: 512,
  pooling: "mean",
  similarity: "inner-product",
  prefixes: { query: "", key: "" },
  languages: ["en"],
  licence: "not stated on the hub; its code is CC-BY-NC-4.0",
  unknown: [
    "Whether the licence of its code, which excludes commercial use, holds for the weights is not stated.",
    "The digest of its weights is not known here; the hub's own is used.",
  ],
  files: [
    { path: "config.json", sizeBytes: 619, sha256: null },
    { path: "tokenizer.json", sizeBytes: null, sha256: null },
    { path: "tokenizer_config.json", sizeBytes: 321, sha256: null },
    { path: "pytorch_model.bin", sizeBytes: null, sha256: null },
  ],
  downloadBytes: 438_000_000,
  bundled: null,
  parameters: 109_482_240,
  inThePaper:
    "The command gives no pooling, and the code's default there is CLS; its authors' mean is used here. Queries and keys are cut at 256 tokens.",
};
