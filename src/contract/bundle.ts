import type { FileLike } from "./models.ts";
import type { Collection } from "./passage.ts";
import type { TaskId } from "./tasks.ts";

export interface ExportRequest {
  /** Default is everything: every collection, the answers that were kept, and what was chosen. */
  readonly collectionIds?: readonly number[];
  /** The page's own choices, which go along with everything. */
  readonly preferences?: Readonly<Record<string, string>>;
}

/** The bundle's next bytes, or how far it is. */
export type ExportEvent =
  | { readonly type: "bytes"; readonly bytes: Uint8Array }
  | { readonly type: "progress"; readonly donePassages: number; readonly totalPassages: number };

export interface ExportReport {
  readonly collections: number;
  readonly passages: number;
  readonly sizeBytes: number;
}

export interface ImportRequest {
  readonly file: FileLike;
  /** What the person calls the file; default is its collections' names. */
  readonly name?: string;
}

/** An import that was stopped, has failed or was cut off; the same file goes on where it was. */
export interface BegunImport {
  readonly id: string;
  readonly name: string;
}

export interface ImportProgress {
  readonly donePassages: number;
  readonly collection: string;
}

/** Vectors of a bundle that were left out; indexing the collection makes them anew. */
export interface RefusedVectors {
  readonly collectionId: number;
  readonly task: TaskId;
  readonly modelKey: string;
  /** One sentence for people. */
  readonly why: string;
}

export interface ImportReport {
  readonly collections: readonly Collection[];
  readonly passages: number;
  readonly vectors: number;
  readonly refused: readonly RefusedVectors[];
  /** Choices of the page that the file came from; the engine keeps none of them. */
  readonly preferences: Readonly<Record<string, string>>;
}
