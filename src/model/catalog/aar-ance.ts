import type { CatalogEntry } from "./catalog-entry.ts";

/**
 * Source: huggingface.co/OpenMatch/AAR-ANCE (`t5`, no licence) and OpenMatch/AAR-ANCE-KILT, `tree/main` (892 MB of the same
 * shape); OpenMatch/Augmentation-Adapted-Retriever at b39ace5eb3a5941d3f17f488c46bd49f3ce9d22b:
 * src/Retriever/modeling/dense_retrieval_model.py, `encode` (first decoder state, not normalised), LICENSE;
 * FlagOpen/FlagEmbedding, research/llm_embedder/docs/evaluation.md (`--pooling_method decoder --add_instruction False`).
 */
export const aarAnce: CatalogEntry = {
  id: "aar-ance",
  name: "AAR (ANCE)",
  about:
    "Adapted to what language models like to read; a baseline of LLM-Embedder's paper, listed for completeness.",
  repository: "OpenMatch/AAR-ANCE",
  revision: "main",
  architecture: "other",
  dim: 768,
  maxTokens: 512,
  pooling: "cls",
  similarity: "inner-product",
  prefixes: { query: "", key: "" },
  languages: ["en"],
  licence: "not stated on the hub; its code is MIT",
  unknown: [
    "Which commit of its repository was used in the paper is not known; the newest is named.",
    "Whether the licence of its code holds for the weights is not stated.",
  ],
  obstacle:
    "It is a T5 whose vector is the first state of the decoder, which neither Sextant nor transformers.js computes, and no ONNX of it is published. OpenMatch/AAR-Contriever by the same authors is a BERT encoder and can be added by its name.",
  files: [
    { path: "config.json", sizeBytes: null, sha256: null },
    { path: "spiece.model", sizeBytes: null, sha256: null },
    { path: "pytorch_model.bin", sizeBytes: null, sha256: null },
  ],
  downloadBytes: 892_000_000,
  bundled: null,
  parameters: null,
  inThePaper: "Compared by cosine; queries and keys are cut at 256 tokens.",
};
