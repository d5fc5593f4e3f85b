import type { Notice } from "./engine.ts";
import type { PassageRecord } from "./passage.ts";
import type { VectorIndex } from "./storage.ts";

/** Something that was removed: nothing finds it any more, and it can be brought back whole until it is freed. */
export interface Removal {
  readonly id: number;
  readonly what: "collection" | "sources" | "passage";
  /** The collection that was removed, or the one that the sources or the passage were in. */
  readonly collectionId: number;
  /** Of the collection, of the first source, or of the source that the passage was in. */
  readonly name: string;
  readonly sources: number;
  readonly passages: number;
  /** When its bytes are given back, milliseconds since 1970. */
  readonly keptUntilMs: number;
}

/** What a collection holds and takes. */
export interface CollectionFacts {
  readonly collectionId: number;
  /** Of its sources' texts, UTF-8. */
  readonly textBytes: number;
  readonly vectorBytes: number;
  readonly indexes: readonly VectorIndex[];
  /** ISO 8601; null while it is empty. */
  readonly lastAddedAt: string | null;
}

/** A stretch of a source's text that is in no passage. */
export interface Gap {
  readonly startUtf16: number;
  readonly endUtf16: number;
  /** How it begins. */
  readonly text: string;
}

/** What became of a source's text. */
export interface SourceFacts {
  readonly sourceId: number;
  /** What was said of it when it was read. */
  readonly notices: readonly Notice[];
  /** Characters that are not white space and in no passage. */
  readonly droppedUtf16: number;
  /** The first of the stretches that they stand in; `gapCount` are all. */
  readonly gaps: readonly Gap[];
  readonly gapCount: number;
}

/** New words for a passage that stands for itself: those that are not given stay. */
export type PassageEdit =
  | { readonly kind: "exchange"; readonly speaker1?: string; readonly speaker2?: string }
  | { readonly kind: "example"; readonly input?: string; readonly output?: string }
  | {
      readonly kind: "tool";
      readonly api?: string;
      readonly description?: string;
      /** Descriptions of parameters by name. */
      readonly parameters?: Readonly<Record<string, string>>;
    };

/** The kinds whose passages can be edited; of the others the text is a part of its source's. */
export const EDITABLE_KINDS = [
  "exchange",
  "example",
  "tool",
] as const satisfies readonly PassageRecord["kind"][];
