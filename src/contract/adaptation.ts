import type { AnswerServer } from "./answer.ts";
import type { ErrorCode } from "./error-codes.ts";
import type { TaskId, TaskQuery } from "./tasks.ts";

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
  /**
   * `better`: it is used. `no-better`: it was trained and lost. `too-small`: there was too little to learn or to measure with. `unlisted-language`: the model does not list the
   * collection's language, so its vectors teach nothing.
   */
  readonly why: "better" | "no-better" | "too-small" | "unlisted-language";
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
  /** Questions for which a language model scored passages. */
  readonly scored: number;
  /** Passages were added, removed or marked since it learned. */
  readonly isStale: boolean;
  /** Why learning on its own ended without a result; null where it did not. The next change has it try again. */
  readonly failure: { readonly code: ErrorCode; readonly message: string } | null;
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

/** How much a passage helped a language model to an answer. Only differences within one query mean something. */
export interface PassageReward {
  readonly passageId: number;
  readonly reward: number;
}

export interface RewardedQuery {
  /** The query's text as `SearchResult.query.text` has it. */
  readonly query: string;
  readonly rewards: readonly PassageReward[];
}

/** Tasks whose answers say which passage helped. Of convsearch and tool the original takes no rewards either. */
export const REWARDED_TASKS = ["qa", "chat", "icl"] as const satisfies readonly TaskId[];

/** What a language model is asked about: which of these passages helps it most to an answer that a person holds for right. */
export interface RewardRequest {
  /** Under one of `REWARDED_TASKS`. */
  readonly query: TaskQuery;
  /** Of one collection, 2 to 32. */
  readonly passageIds: readonly number[];
  readonly wanted: string;
  /** null asks the model of that id on this device. */
  readonly server: AnswerServer | null;
  readonly model: string;
}

export interface RewardResult {
  /** In the order asked. */
  readonly rewards: readonly PassageReward[];
  /**
   * `likelihood`: mean log-likelihood of the answer's tokens after each passage. `rank`: the server tells no likelihoods;
   * by how many places, of all answers, the one given with the passage comes closer to the wanted one than the one
   * given with none.
   */
  readonly way: "likelihood" | "rank";
  readonly status: AdaptationStatus;
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
