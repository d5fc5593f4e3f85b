import type {
  AdaptationRequest,
  FeedbackMark,
  FeedbackRequest,
  RewardedQuery,
  StoredAdapter,
} from "./adaptation.ts";
import type { AnswerRecord, SavedAnswer } from "./answer.ts";
import type { Face } from "./calls.ts";
import type { Notice } from "./engine.ts";
import type { CollectionFacts, Removal } from "./library.ts";
import type { Collection, Passage, PassageDraft, Source } from "./passage.ts";
import type { SearchFilter } from "./search.ts";
import type { PendingWork, StorageInfo } from "./status.ts";
import type { PassageTimes } from "./stored-vectors.ts";
import type { Kind, TaskId } from "./tasks.ts";

/** A set of vectors of one collection: one model, one task, key side. */
export interface VectorIndex {
  readonly id: number;
  readonly collectionId: number;
  readonly task: TaskId;
  readonly modelKey: string;
  readonly dim: number;
  /** Passages of the collection with and without a vector in it. */
  readonly present: number;
  readonly missing: number;
}

/** Vectors of one batch: f16 bits[rows, dim], row-major, in the order of the batch's passages. */
export interface SegmentVectors {
  readonly indexId: number;
  readonly vectors: Uint16Array;
}

/** One stored segment. Rows whose passage is gone are not returned. */
export interface Segment {
  readonly id: number;
  readonly passageIds: Int32Array;
  readonly sourceIds: Int32Array;
  readonly ordinals: Int32Array;
  /** f16 bits[rows, dim]. */
  readonly vectors: Uint16Array;
}

export interface AppendBatch {
  readonly sourceId: number;
  /** Must equal the source's `done`: `storage/conflict` otherwise, so that a batch is never stored twice. */
  readonly firstOrdinal: number;
  readonly passages: readonly AppendedPassage[];
  readonly segments: readonly SegmentVectors[];
}

export interface AppendedPassage extends PassageDraft {
  /** Of one that was edited elsewhere: what its source says. */
  readonly original?: Pick<PassageDraft, "text" | "record">;
}

export interface KeywordHit {
  readonly passageId: number;
  /** Okapi BM25 (k1 1.2, b 0.75), higher is better. */
  readonly bm25: number;
}

type Nothing = Readonly<Record<string, never>>;
type Id<K extends string> = { readonly [P in K]: number };

/** The collection, the task and the model that an adapter belongs to. */
export interface AdapterKey extends AdaptationRequest {
  readonly modelKey: string;
}

/** The storage worker's face; SQL stays behind it. Every write is one transaction. */
export interface StorageCalls {
  info: { in: Nothing; event: never; out: StorageInfo };
  collections: { in: Nothing; event: never; out: readonly Collection[] };
  createCollection: { in: { readonly name: string; readonly kind: Kind }; event: never; out: Collection };
  renameCollection: { in: Id<"collectionId"> & { readonly name: string }; event: never; out: Collection };
  collectionFacts: { in: Id<"collectionId">; event: never; out: CollectionFacts };
  /** Hides it from every other call until it is restored or freed. */
  removeCollection: { in: Id<"collectionId"> & { readonly keptUntilMs: number }; event: never; out: Removal };
  /** `unchanged` when the collection already holds a source with this digest. */
  addSource: {
    in: {
      readonly collectionId: number;
      readonly name: string;
      readonly format: string;
      readonly digest: string;
      readonly text: string;
      readonly total: number;
      readonly dateMs?: number | null;
      /** What was said of it when it was read. */
      readonly notices?: readonly Notice[];
      /**
       * Its passages come from elsewhere: until they are released, or it is added again without this, unfinished sources
       * are not pending.
       */
      readonly isImporting?: boolean;
    };
    event: never;
    out: { readonly source: Source; readonly unchanged: boolean };
  };
  /** All that there was to import of these sources is stored: what they lack is made from their text. */
  releaseSources: { in: { readonly sourceIds: readonly number[] }; event: never; out: void };
  renameSource: { in: Id<"sourceId"> & { readonly name: string }; event: never; out: Source };
  /** What was said of a source when it was read, and where its passages stand: start and end of each, by start. */
  sourceFacts: {
    in: Id<"sourceId">;
    event: never;
    out: { readonly notices: readonly Notice[]; readonly spans: Int32Array };
  };
  /** Puts these tags in the place of those that it has. */
  tagSource: {
    in: { readonly sourceId: number; readonly tags: readonly string[] };
    event: never;
    out: Source;
  };
  /** Ids of the passages that a filter leaves in, ascending. */
  filterPassages: {
    in: { readonly collectionId: number; readonly filter: SearchFilter };
    event: never;
    out: Int32Array;
  };
  passageTimes: { in: { readonly collectionId: number }; event: never; out: PassageTimes };
  sources: { in: Id<"collectionId">; event: never; out: readonly Source[] };
  /** In the order of `sourceIds`; empty for one that is gone. */
  sourceNames: { in: { readonly sourceIds: readonly number[] }; event: never; out: readonly string[] };
  readSource: { in: Id<"sourceId">; event: never; out: { readonly source: Source; readonly text: string } };
  /** Hides sources of one collection from every other call until they are restored or freed. */
  removeSources: {
    in: { readonly sourceIds: readonly number[]; readonly keptUntilMs: number };
    event: never;
    out: Removal;
  };
  /**
   * Puts one source, stored whole, in the place of others of its collection, in one transaction. Passages of theirs that
   * it has too keep marks, rewards, edits and vectors at their place in it; the others go with their sources.
   */
  replaceSources: {
    in: {
      readonly sourceIds: readonly number[];
      readonly source: Pick<Source, "name" | "format" | "digest" | "dateMs" | "tags"> & {
        readonly text: string;
      };
      readonly passages: readonly PassageDraft[];
      readonly segments: readonly SegmentVectors[];
      readonly kept: readonly { readonly passageId: number; readonly ordinal: number }[];
    };
    event: never;
    out: Source;
  };
  /**
   * Hides one passage likewise, with its words in the source's text. The others of its source move up, and the source is
   * still known by its digest. `storage/conflict` while the source is not whole.
   */
  removePassage: {
    in: Id<"passageId"> & { readonly keptUntilMs: number };
    event: never;
    out: Removal;
  };
  /** The latest first. */
  removals: { in: Nothing; event: never; out: readonly Removal[] };
  /**
   * Brings back what was removed, vectors included; their segments get new ids. A source takes the place of one with the
   * same text that was added meanwhile (`replacedIds`), with what was said of either. A passage goes back to its place;
   * `sourceIds` names its source then.
   */
  restore: {
    in: Id<"removalId">;
    event: never;
    out: Removal & { readonly sourceIds: readonly number[]; readonly replacedIds: readonly number[] };
  };
  /** Deletes what was removed and shortens the file. */
  freeRemovals: { in: { readonly removalIds: readonly number[] }; event: never; out: void };
  /**
   * Puts other words into a passage, with vectors of its own in some indexes; in the others it lacks one from then on.
   * The words of its source are kept. `null` puts those back.
   */
  editPassage: {
    in: Id<"passageId"> & {
      readonly words: Pick<PassageDraft, "text" | "record"> | null;
      readonly segments: readonly SegmentVectors[];
    };
    event: never;
    out: Passage;
  };
  /**
   * How often, since the storage was opened, something of a collection was removed, brought back, replaced or edited:
   * who reads it in several calls has one state of what was there at first as long as this stays the same.
   */
  changeCount: { in: Id<"collectionId">; event: never; out: number };
  /** The words that an edited passage has in its source; null for one that was not edited. */
  originalOf: { in: Id<"passageId">; event: never; out: Pick<PassageDraft, "text" | "record"> | null };
  /** Of a source of which no passage is stored yet: it will have so many. `storage/conflict` once there is one. */
  recutSource: { in: Id<"sourceId"> & { readonly total: number }; event: never; out: void };
  pending: { in: Nothing; event: never; out: readonly PendingWork[] };
  appendPassages: { in: AppendBatch; event: never; out: { readonly passageIds: Int32Array } };
  /** In the order of `ids`; ids that are gone are left out. */
  readPassages: { in: { readonly ids: readonly number[] }; event: never; out: readonly Passage[] };
  /** The passage that follows each one in its source, or null; in the order of `ids`. */
  continuations: { in: { readonly ids: readonly number[] }; event: never; out: readonly (Passage | null)[] };
  listPassages: {
    in: {
      readonly collectionId: number;
      readonly sourceId?: number;
      readonly offset: number;
      readonly limit: number;
    };
    event: never;
    out: { readonly total: number; readonly passages: readonly Passage[] };
  };
  /** Finds or creates the index of (collection, task, model). */
  openIndex: {
    in: {
      readonly collectionId: number;
      readonly task: TaskId;
      readonly modelKey: string;
      readonly dim: number;
    };
    event: never;
    out: VectorIndex;
  };
  indexes: { in: Id<"collectionId">; event: never; out: readonly VectorIndex[] };
  missingPassages: {
    in: { readonly indexId: number; readonly limit: number };
    event: never;
    out: readonly Passage[];
  };
  /**
   * Adds vectors of passages that are already stored. `storage/conflict` when one is gone, has a vector, or is not what
   * they were made of (`madeOf`) any more.
   */
  fillIndex: {
    in: {
      readonly passageIds: readonly number[];
      readonly segment: SegmentVectors;
      readonly madeOf?: readonly PassageDraft[];
    };
    event: never;
    out: void;
  };
  /**
   * Pages through an index: segments with id > `afterId`, at most `limit` of them, ascending. One whose bytes were
   * damaged is dropped, and its passages lack a vector from then on.
   */
  readSegments: {
    in: { readonly indexId: number; readonly afterId: number; readonly limit: number };
    event: never;
    out: readonly Segment[];
  };
  /**
   * Vectors that stored passages of the same content have in the index: f16 bits[rows, dim], for the passages at `rows`,
   * ascending.
   */
  knownVectors: {
    in: { readonly indexId: number; readonly passages: readonly PassageDraft[] };
    event: never;
    out: { readonly rows: Int32Array; readonly vectors: Uint16Array };
  };
  /** f16 bits[passages, dim] in their order; zeros where a passage has no vector in the index. */
  readVectors: {
    in: { readonly indexId: number; readonly passageIds: readonly number[] };
    event: never;
    out: Uint16Array;
  };
  /**
   * Passages with any word of `query`; words in quotation marks also count as one where they stand in a row. A `*`
   * behind a word leaves its end open; every other operator is plain text. Several collections are scored as if they were
   * one. Ties: lower passage id first.
   */
  keywords: {
    in: {
      readonly collectionIds: readonly number[];
      readonly query: string;
      readonly limit: number;
      readonly filter?: SearchFilter;
    };
    event: never;
    out: readonly KeywordHit[];
  };
  /** The words of `query` that tell passages apart: those that are not found all over the collection. */
  tellingWords: {
    in: { readonly collectionId: number; readonly query: string };
    event: never;
    out: readonly string[];
  };
  /** What was learned of a collection under a task and a model; null where nothing was. */
  readAdapter: { in: AdapterKey; event: never; out: StoredAdapter | null };
  writeAdapter: { in: AdapterKey & StoredAdapter; event: never; out: void };
  /** Of one query, or of all. */
  marks: {
    in: AdaptationRequest & { readonly query?: string };
    event: never;
    out: readonly FeedbackMark[];
  };
  /** Of two marks of one hit the later one is kept; `null` takes it back. */
  writeMark: { in: FeedbackRequest; event: never; out: void };
  /** What language models gave passages, by query, the oldest first. */
  rewards: { in: AdaptationRequest; event: never; out: readonly RewardedQuery[] };
  /** Takes the place of all rewards of this query; an empty list takes them back. */
  writeRewards: { in: AdaptationRequest & RewardedQuery; event: never; out: void };
  /** Takes back all of a collection under a task. */
  deleteRewards: { in: AdaptationRequest; event: never; out: void };
  /** `savedAt`, ISO 8601, of one that was saved elsewhere; default is now. */
  saveAnswer: {
    in: { readonly record: AnswerRecord; readonly savedAt?: string };
    event: never;
    out: SavedAnswer;
  };
  /** Newest first. */
  savedAnswers: { in: Nothing; event: never; out: readonly SavedAnswer[] };
  deleteAnswer: { in: Id<"answerId">; event: never; out: void };
  readSetting: { in: { readonly name: string }; event: never; out: { readonly value: string | null } };
  writeSetting: { in: { readonly name: string; readonly value: string }; event: never; out: void };
}

export type Storage = Face<StorageCalls>;
