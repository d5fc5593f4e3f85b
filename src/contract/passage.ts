import type { Kind } from "./tasks.ts";

/** One parameter of a tool, in the original's words and order. */
export interface ToolParameter {
  readonly name: string;
  readonly type: string;
  readonly description: string;
  /** Any JSON value; an empty string where there is none. */
  readonly default: unknown;
}

/** What a passage carries beyond its text, by kind. JSON only. */
export type PassageRecord =
  | {
      readonly kind: "document";
      /** Of a paged source such as a PDF, from 1. */
      readonly page?: number;
      /** Of that page, from 1: the line of text on which it begins; heads and feet that return are not counted. */
      readonly line?: number;
    }
  | { readonly kind: "chunk" }
  | {
      readonly kind: "exchange";
      readonly speaker1: string;
      readonly speaker2: string;
      /** ISO 8601, where the transcript has it. Without a zone it is the clock of whoever was there, read as the person's own. */
      readonly at?: string;
      /** Its place in its conversation, from 0. */
      readonly place?: number;
    }
  | { readonly kind: "example"; readonly input: string; readonly output: string }
  | {
      readonly kind: "tool";
      readonly category: string;
      readonly tool: string;
      readonly api: string;
      readonly description: string;
      readonly required: readonly ToolParameter[];
      readonly optional: readonly ToolParameter[];
      readonly returns: unknown;
      /** The specification as it was put in, for copying back out. */
      readonly spec: unknown;
    };

/** A passage as ingest makes it, before storage gives it an id. */
export interface PassageDraft {
  /** Document title and heading path, joined by " > "; empty when there is none. */
  readonly title: string;
  /** What is shown, searched for words and turned into key text. Never empty. */
  readonly text: string;
  /** Where it stands in the source's text, UTF-16 code units, end exclusive. */
  readonly startUtf16: number;
  readonly endUtf16: number;
  readonly record: PassageRecord;
}

/** A stored passage. `ordinal` is its place in its source, from 0, without gaps. */
export interface Passage extends PassageDraft {
  readonly id: number;
  readonly collectionId: number;
  readonly sourceId: number;
  readonly ordinal: number;
  /** The person changed its words; those that its source has are kept beside them. */
  readonly isEdited?: true;
}

export interface Collection {
  readonly id: number;
  readonly name: string;
  readonly kind: Kind;
  readonly createdAt: string;
  readonly sources: number;
  readonly passages: number;
}

/** A file or paste as it was put in. Indexing is finished when `done` equals `total`. */
export interface Source {
  readonly id: number;
  readonly collectionId: number;
  readonly name: string;
  /** Importer id and version that cut it, e.g. `markdown/1`; parsing again gives the same passages. */
  readonly format: string;
  /** SHA-256 of the text, hex. */
  readonly digest: string;
  readonly sizeUtf16: number;
  readonly addedAt: string;
  /** The person's own words for it, each once, in their order. */
  readonly tags: readonly string[];
  /** When what it was made from was last changed, as far as that is known: milliseconds since 1970. */
  readonly dateMs: number | null;
  /** Passages that it has in all. */
  readonly total: number;
  /** Passages stored with their vectors so far. */
  readonly done: number;
}
