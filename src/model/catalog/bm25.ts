import type { CatalogEntry } from "./catalog-entry.ts";

/** Source: FlagOpen/FlagEmbedding, research/llm_embedder/src/retrieval/modeling_bm25.py (k1 0.9, b 0.4, by Anserini). */
export const bm25: CatalogEntry = {
  id: "bm25",
  name: "BM25",
  about: "No model at all: words are counted, and every other entry has to beat it.",
  repository: null,
  revision: null,
  architecture: "none",
  dim: 0,
  // Texts are cut to chunks for it as for the bundled model, so that both can search one collection.
  maxTokens: 512,
  pooling: "mean",
  similarity: "inner-product",
  prefixes: { query: "", key: "" },
  languages: [],
  licence: "none needed",
  unknown: [],
  files: [],
  bundled: null,
  parameters: 0,
  inThePaper: "With k1 0.9 and b 0.4, Anserini's values; Sextant's are SQLite's, 1.2 and 0.75.",
};
