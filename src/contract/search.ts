import type { AdaptationChoice, AdapterKind, Mark } from "./adaptation.ts";
import type { Exactness } from "./kernel.ts";
import type { Passage } from "./passage.ts";
import type { RemoteSearch } from "./remote.ts";
import type { Policy, TaskId, TaskQuery } from "./tasks.ts";

export type SearchMode = "semantic" | "hybrid" | "keywords";
export type Fusion = "convex" | "reciprocal-rank";

/** Narrows the candidates; all given conditions must hold. */
export interface SearchFilter {
  readonly sourceIds?: readonly number[];
  /** Only these passages, such as those of a region of the map. */
  readonly passageIds?: readonly number[];
  /** Only passages of sources that have any of these. */
  readonly tags?: readonly string[];
  /**
   * Only passages from this moment on, and before that one: milliseconds since 1970. The time of an exchange is its own,
   * of other passages their source's date; what has neither is left out.
   */
  readonly fromMs?: number;
  readonly untilMs?: number;
  /** Only passages whose ordinal in their source is below this. */
  readonly beforeOrdinal?: number;
  /** A passage that may not be returned. */
  readonly excludeId?: number;
}

export interface SearchRequest {
  /** Searched as if they were one; all hold what the task searches. */
  readonly collectionIds: readonly number[];
  readonly query: TaskQuery;
  readonly mode: SearchMode;
  readonly fusion: Fusion;
  readonly policy: Policy;
  readonly limit: number;
  /** In the place of what was chosen for the collection. */
  readonly adaptation?: AdaptationChoice;
  readonly filter?: SearchFilter;
  /** Between 0 (default: by score alone) and 1: how much a hit is put back for being like a better one. */
  readonly diversity?: number;
  /** How surely the nearest passages are found; default is `exact`. */
  readonly exactness?: Exactness;
  /**
   * Puts another task's instruction before the query's text, or none; the passages' vectors stay those of the query's
   * own task. Where it is given, also its own, the query is encoded by the model alone, without what was learned.
   */
  readonly instruction?: TaskId | "none";
}

/** One half's part in a hit. `share` is what it adds to `Hit.score`. `rank` counts from 1. */
export interface Contribution {
  /** Cosine for the semantic half, BM25 (higher is better) for keywords. */
  readonly raw: number;
  readonly rank: number;
  readonly share: number;
}

/** How a hit came to its place where near-duplicates are put back; its score is as it was. */
export interface Spread {
  /** Its place by score alone, from 1. */
  readonly rankByScore: number;
  /** Its cosine with the hit before it that is most like it; 0 for the first. */
  readonly likeness: number;
}

export interface Hit {
  readonly passage: Passage;
  readonly sourceName: string;
  readonly score: number;
  readonly semantic: Contribution | null;
  readonly keywords: Contribution | null;
  /** Matched words in `passage.text`: [start, end) in UTF-16 code units, ascending, disjoint. */
  readonly marks: readonly (readonly [number, number])[];
  /** The part of `passage.text` to show first, around the best marks; all of it when it is short. In the units of `marks`. */
  readonly snippet: { readonly start: number; readonly end: number };
  /** null where hits stand by score alone. */
  readonly spread: Spread | null;
  /** What the person said of it for this very question. What is pinned stands before all others. */
  readonly mark: Mark | null;
  /** The passage after it in the same source: lrlm hands both to the model. */
  readonly continuation: Passage | null;
}

/** The text that was really embedded, without its instruction. */
export interface QueryText {
  readonly text: string;
  readonly instruction: string;
  /** Word pieces with [CLS], [SEP] and the instruction; after any cut. */
  readonly lengthTokens: number;
  readonly limitTokens: number;
  /** convsearch: how many turns stayed and went; for the rest 0. */
  readonly turnsKept: number;
  readonly turnsCut: number;
  /** The end of the text did not fit and was left out. */
  readonly truncated: boolean;
}

/** What a query is made of in time. */
export type SearchStep =
  "tokenize" | "embed" | "adapt" | "load" | "keywords" | "scan" | "remote" | "rescore" | "fuse" | "read";

/**
 * How long a query took. Steps stand in the order of their beginning, and one that was not taken is not listed;
 * embedding, loading and keywords run at once.
 */
export interface SearchTimings {
  readonly totalMs: number;
  readonly steps: readonly {
    readonly step: SearchStep;
    /** Since the query came. */
    readonly fromMs: number;
    readonly tookMs: number;
  }[];
}

/** How the angles between a query and everything that was searched are spread, whatever the filter. */
export interface AngleHistogram {
  /** Where the first bin begins, and how wide each is. Units: degrees, arccos of the cosine. */
  readonly fromDegrees: number;
  readonly stepDegrees: number;
  /** Passages by bin; where they are estimated from a sample these are no whole numbers. */
  readonly counts: readonly number[];
  /** Passages whose angle was computed; all of them while `counts` sums up to it. */
  readonly sampled: number;
}

/** `small`: exact is as quick. `inexact`: `fast` found too few of the nearest on stored queries of this collection. */
export interface UsedExactness {
  readonly used: Exactness;
  readonly why: "asked" | "small" | "inexact";
}

export interface SentencesRequest {
  readonly query: TaskQuery;
  readonly policy: Policy;
  readonly passageIds: readonly number[];
}

/** A sentence of a passage, and how near it is to the query. */
export interface ScoredSentence {
  /** [start, end) in `Passage.text`, UTF-16 code units, without blanks around it. */
  readonly start: number;
  readonly end: number;
  /** Cosine, or inner product where vectors are not of unit length. */
  readonly raw: number;
  /** How many deviations it is nearer than the mean passage of its collection: comparable from model to model. */
  readonly standard: number;
  /** The part of the query's telling words that is in it, 0 to 1. */
  readonly words: number;
}

export interface PassageSentences {
  readonly passageId: number;
  readonly sentences: readonly ScoredSentence[];
}

export interface SearchResult {
  readonly query: QueryText;
  readonly hits: readonly Hit[];
  /** What the query's vector was made by; null without a semantic half. */
  readonly encodedBy: AdapterKind | null;
  /**
   * Collections that were answered by words alone, because they or the query are in a language that the model does not
   * list: its vectors of it would be noise. Only for `hybrid`.
   */
  readonly wordsOnly: readonly { readonly collectionId: number; readonly language: string }[];
  /** Collections that live on a server, and how each was searched there; absent where there are none. */
  readonly remote?: readonly RemoteSearch[];
  /** Cosines of every candidate: count, mean and standard deviation; null without a semantic half. */
  readonly candidates: { readonly count: number; readonly mean: number; readonly deviation: number } | null;
  /** null without a semantic half, and for vectors that are not of unit length. */
  readonly histogram: AngleHistogram | null;
  /** Passages of the collections that have no vector under this task yet. */
  readonly notIndexed: number;
  /** Passages whose vectors are stored but were not read yet, and so were not looked at; `corpus-loaded` tells when. */
  readonly notLoaded: number;
  /** How surely the nearest were found, and why not as asked; null without a semantic half. */
  readonly exactness: UsedExactness | null;
  readonly timings: SearchTimings;
}
