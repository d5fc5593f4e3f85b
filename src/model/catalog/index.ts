import { aarAnce } from "./aar-ance.ts";
import { apiRetriever } from "./api-retriever.ts";
import { bgeBaseEn } from "./bge-base-en.ts";
import { bm25 } from "./bm25.ts";
import type { CatalogEntry } from "./catalog-entry.ts";
import { contriever } from "./contriever.ts";
import { llmEmbedder } from "./llm-embedder.ts";
import { llmR } from "./llm-r.ts";
import { peg } from "./peg.ts";
import { retromae } from "./retromae.ts";
import { sextantMini } from "./sextant-mini.ts";

/** Every model that can be chosen without typing a name: the bundled one, the paper's, its baselines, PEG. */
export const CATALOG: readonly CatalogEntry[] = [
  sextantMini,
  llmEmbedder,
  bgeBaseEn,
  contriever,
  retromae,
  aarAnce,
  llmR,
  apiRetriever,
  peg,
  bm25,
];
