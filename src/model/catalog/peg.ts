import type { CatalogEntry } from "./catalog-entry.ts";

/**
 * Source: huggingface.co/TownsWu/PEG: commit c86aea01f57080a7fdff49100d045521563f80f4 (made from BAAI/bge-large-zh,
 * `BertModel`), 5dd1d0c0167b1e801be42a0bea51578e8e319885 (651,175,661 bytes), 729ec3c83fd9647ea63e7a6870764a3e32d2ec56
 * (`license: apache-2.0`), and the list of commits up to the pinned one. The number of parameters is that of BERT-large
 * with 21,128 tokens, which both sizes of the weights (1,302,218,477 bytes in float32, half of it in bfloat16) confirm.
 */
export const peg: CatalogEntry = {
  id: "peg",
  name: "PEG",
  about: "A large embedder for Chinese, trained with samples weighted by how hard their negatives are.",
  repository: "TownsWu/PEG",
  revision: "6217c9f752499c38feb542d7dd26961c2052e949",
  architecture: "bert",
  dim: 1024,
  maxTokens: 512,
  pooling: "cls",
  similarity: "cosine",
  prefixes: { query: "", key: "" },
  languages: ["zh"],
  licence: "unclear: Apache-2.0 in its first model cards, none in later ones",
  unknown: [
    "Pooling: its files do not say; CLS is assumed, as of BGE, which it is made from.",
    "Instructions: its authors state none; others put BGE's Chinese instruction in front of queries.",
    "The licence was withdrawn from its card without a word: ask its authors before passing it on.",
    "The weights were exchanged several times; the digest of those at this revision is not known here, and newer ones may exist.",
  ],
  files: [
    { path: "config.json", sizeBytes: null, sha256: null },
    { path: "tokenizer.json", sizeBytes: null, sha256: null },
    { path: "tokenizer_config.json", sizeBytes: null, sha256: null },
    { path: "pytorch_model.bin", sizeBytes: null, sha256: null },
  ],
  downloadBytes: 651_000_000,
  bundled: null,
  parameters: 325_522_432,
  inThePaper: "Not compared there: it is in Chinese.",
};
