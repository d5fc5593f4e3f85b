import type { TaskId } from "./tasks.ts";

/**
 * What the person wants: `auto` uses an adapted query encoder where it was measured to be better, `on` wherever there is
 * one, `off` never.
 */
export const ADAPTATION_CHOICES = ["off", "auto", "on"] as const;
export type AdaptationChoice = (typeof ADAPTATION_CHOICES)[number];

/** What encodes a query: the model alone, a table learned from the collection, or a linear change of the model's vector. */
export type AdapterKind = "full" | "table" | "linear";

/** What came of one training: it is measured on questions made of the collection's own text and kept apart. */
export interface AdaptationReport {
  /** What is best on those questions; `full` where nothing is surely better. */
  readonly winner: AdapterKind;
  /** Part of the adapter in a query's vector, 0 to 1; the model's vector is the rest. */
  readonly part: number;
  /** nDCG@10 of the model alone and of the winner, 0 to 1; questions that share few words with their passage weigh more. */
  readonly before: number;
  readonly after: number;
  /** Standard error of the difference. */
  readonly error: number;
  /** `better`: it is used. `no-better`: it was trained and lost. `too-small`: there was too little to learn or to measure with. */
  readonly why: "better" | "no-better" | "too-small";
  readonly pairs: number;
  readonly heldOut: number;
  /** Passages that it learned from. */
  readonly passages: number;
  /** Marks of the person that it learned from. */
  readonly marks: number;
  readonly seconds: number;
}

/** How a collection's questions are encoded under one task by the open model. */
export interface AdaptationStatus {
  readonly collectionId: number;
  readonly task: TaskId;
  readonly choice: AdaptationChoice;
  /** `none`: nothing learned yet. `training`: at work, the former one answers. `ready`: `report` says what came of it. */
  readonly state: "none" | "training" | "ready";
  /** 0 to 1 while training. */
  readonly progress: number;
  readonly report: AdaptationReport | null;
  /** The adapter that the next query is encoded with. */
  readonly inUse: AdapterKind;
  /** Marks that are kept for this collection and task. */
  readonly marks: number;
  /** Passages were added, removed or marked since it learned. */
  readonly isStale: boolean;
}

/** What a person says of a hit. `null` takes it back. */
export type Mark = "right" | "wrong" | "pinned";

export interface FeedbackRequest {
  readonly collectionId: number;
  readonly task: TaskId;
  /** The query's text as `SearchResult.query.text` has it. */
  readonly query: string;
  readonly passageId: number;
  readonly mark: Mark | null;
}

/** A kept mark; of two marks of one hit the later one is kept. */
export interface FeedbackMark {
  readonly query: string;
  readonly passageId: number;
  readonly mark: Mark;
}

export interface AdaptationRequest {
  readonly collectionId: number;
  readonly task: TaskId;
}

/** An adapter as storage keeps it: the report as JSON, the adapter in the form of train/adapter.ts. */
export interface StoredAdapter {
  readonly report: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}
