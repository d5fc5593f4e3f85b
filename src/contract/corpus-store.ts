import type { Dtype, Similarity } from "./models.ts";
import type { PassageDraft, Source } from "./passage.ts";
import type { Kind, TaskId } from "./tasks.ts";

/** What a store's passages and vectors are made of. Vectors of two makes never meet. */
export interface CorpusMake {
  /** As people call it. */
  readonly name: string;
  readonly kind: Kind;
  readonly task: TaskId;
  readonly modelId: string;
  /** Names the vectors: model, weights, precision and policy. */
  readonly modelKey: string;
  readonly dtype: Dtype;
  readonly dim: number;
  readonly similarity: Similarity;
  /** What cut the sources: importers and their versions, ascending. */
  readonly chunkers: readonly string[];
}

/** A source as every passage of it carries it. */
export type CorpusSource = Pick<Source, "name" | "format" | "digest" | "total" | "tags" | "dateMs">;

/** A passage that is named by its content, so that storing it twice stores it once. */
export interface CorpusItem {
  /** Digest of what it says and of its place in its source, hex. */
  readonly id: string;
  readonly source: CorpusSource;
  /** Its place in its source, from 0. */
  readonly ordinal: number;
  readonly passage: PassageDraft;
}

export interface CorpusRow {
  readonly item: CorpusItem;
  /** f32[dim]. */
  readonly vector: Float32Array;
}

/** Narrows what is searched; all given conditions must hold. */
export interface CorpusFilter {
  /** Passages of any of these, each from and up to a place in it. */
  readonly sources?: readonly {
    readonly digest: string;
    readonly fromOrdinal?: number;
    readonly beforeOrdinal?: number;
  }[];
  /** Only of sources that have any of these. */
  readonly tags?: readonly string[];
  /** An exchange's own time, else its source's date: from this moment on, before that one. Without either it is left out. */
  readonly fromMs?: number;
  readonly untilMs?: number;
  readonly beforeOrdinal?: number;
}

export interface FoundItem {
  readonly item: CorpusItem;
  /** Inner product with the query, higher is better. */
  readonly score: number;
}

export interface ContainingItem {
  readonly item: CorpusItem;
  /** Inner product with `near`; null where none was given, or where the store does not say. */
  readonly score: number | null;
}

interface Stoppable {
  readonly signal?: AbortSignal | undefined;
}

/** Passages and their vectors of one make, wherever they lie: what a local collection and a remote one have in common. */
export interface CorpusReader {
  readonly make: CorpusMake;
  count(options?: Stoppable): Promise<number>;
  /** Every id once, page by page. */
  ids(options?: Stoppable): AsyncIterable<readonly string[]>;
  /** Which of these it has. */
  present(ids: readonly string[], options?: Stoppable): Promise<ReadonlySet<string>>;
  /** In the order of `ids`; those that it lacks are left out. */
  read(ids: readonly string[], options?: Stoppable): Promise<readonly CorpusRow[]>;
  /** The passages nearest to a vector, best first. Approximate where the server's index is. */
  nearest(
    request: { readonly vector: Float32Array; readonly limit: number; readonly filter?: CorpusFilter },
    options?: Stoppable,
  ): Promise<readonly FoundItem[]>;
  /** Passages with any of these words, in upper or lower case, in no order; null where texts cannot be searched for words. */
  containing(
    request: {
      readonly words: readonly string[];
      /** Of each word. */
      readonly limit: number;
      /** Of many, those nearest to this vector. */
      readonly near?: Float32Array | undefined;
      readonly filter?: CorpusFilter;
    },
    options?: Stoppable,
  ): Promise<readonly ContainingItem[] | null>;
  /** The passages of a source from one place up to another, in their order. */
  itemsOf(
    part: { readonly digest: string; readonly fromOrdinal: number; readonly beforeOrdinal: number },
    options?: Stoppable,
  ): Promise<readonly CorpusItem[]>;
  /** Vectors of some passages from all over, for what needs the distribution: f32[dim] each, at most `limit`. */
  sample(limit: number, options?: Stoppable): Promise<readonly Float32Array[]>;
}

/** A reader that passages can be put into and taken out of, one by one. */
export interface CorpusStore extends CorpusReader {
  /** Stores what is not there under that id, and replaces what is. Throws: `vectors/shape`, `vectors/nan`, `remote/*`. */
  put(rows: readonly CorpusRow[], options?: Stoppable): Promise<void>;
  remove(ids: readonly string[], options?: Stoppable): Promise<void>;
  /** Notes what a whole push has left here. */
  seal(content: CorpusSeal, options?: Stoppable): Promise<void>;
  /** null until a push has ended here; it may be of an earlier one. */
  readonly sealed: CorpusSeal | null;
}

export interface CorpusSeal {
  readonly passages: number;
  /** SHA-256 of all ids, ascending, a line each. */
  readonly digest: string;
  /** What cut their sources, ascending. */
  readonly chunkers: readonly string[];
}
