import type { ModelInfo, Pooling } from "../../contract/index.ts";

/** A file of a model, pinned by its content. */
export interface ModelFile {
  readonly path: string;
  readonly sizeBytes: number;
  /** SHA-256, hex. */
  readonly sha256: string;
}

/** Everything that is known about a model before any of it is loaded. */
export interface CatalogEntry {
  readonly id: string;
  readonly name: string;
  /** SHA-256 over the files' digests; another revision gives other vectors. */
  readonly revision: string;
  readonly dim: number;
  readonly maxTokens: number;
  readonly pooling: Pooling;
  readonly licence: string;
  readonly languages: readonly string[];
  readonly files: {
    readonly config: ModelFile;
    readonly tokenizer: ModelFile;
    readonly tokenizerConfig: ModelFile;
    readonly weights: ModelFile;
    /** Texts and the vectors that they must get. */
    readonly reference: ModelFile;
  };
}

/** What the rest of Sextant knows of a model. */
export function modelInfo(entry: CatalogEntry): ModelInfo {
  const { id, name, dim, maxTokens, licence, languages } = entry;
  const sizeBytes = Object.values(entry.files).reduce((sum, file) => sum + file.sizeBytes, 0);
  return {
    id,
    name,
    key: `${id}@${entry.revision.slice(0, 12)}`,
    dim,
    maxTokens,
    similarity: "cosine",
    prefixes: "tasks",
    sizeBytes,
    licence,
    languages,
  };
}
