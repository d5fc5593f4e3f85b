import type {
  AdaptationChoice,
  AdaptationRequest,
  AdaptationStatus,
  FeedbackMark,
  FeedbackRequest,
  RewardRequest,
  RewardResult,
} from "./adaptation.ts";
import type {
  AddTextModelProgress,
  AddTextModelRequest,
  Answer,
  AnswerCheck,
  AnswerRecord,
  AnswerRequest,
  AnswerServer,
  CheckRequest,
  DeviceGenerator,
  GeneratedPart,
  Prompt,
  PromptRequest,
  SavedAnswer,
  TextModelEntry,
} from "./answer.ts";
import type {
  BegunImport,
  ExportEvent,
  ExportReport,
  ExportRequest,
  ImportProgress,
  ImportReport,
  ImportRequest,
} from "./bundle.ts";
import type { Face } from "./calls.ts";
import type { ErrorCode } from "./error-codes.ts";
import type { SextantError } from "./error.ts";
import type { ImportOptions, ReadColumns } from "./formats.ts";
import type { CollectionFacts, PassageEdit, Removal, SourceFacts } from "./library.ts";
import type {
  AddModelProgress,
  AddModelRequest,
  Dtype,
  FileLike,
  HubSettings,
  ModelCheck,
  ModelChoice,
  ModelEntry,
} from "./models.ts";
import type { Collection, Passage, Source } from "./passage.ts";
import type {
  PullProgress,
  PullReport,
  PullRequest,
  PushProgress,
  PushReport,
  PushRequest,
  RemoteAccess,
  RemoteLink,
  RemoteListing,
} from "./remote.ts";
import type { PassageSentences, SearchRequest, SearchResult, SentencesRequest } from "./search.ts";
import type { PassageTimes, StoredVectors, StoredVectorsRequest } from "./stored-vectors.ts";
import type { DeviceChoice, EngineEvent, EngineStatus, LoadProgress } from "./status.ts";
import type { Kind, Policy, Side, TaskId } from "./tasks.ts";

export interface EmbedRequest {
  readonly task: TaskId;
  readonly side: Side;
  /** Without instruction. */
  readonly texts: readonly string[];
  readonly policy?: Policy;
}

/** Row-major unit vectors, f32[rows, dim]. */
export interface Embeddings {
  readonly rows: number;
  readonly dim: number;
  readonly vectors: Float32Array;
}

/** A file as dropped, or a paste under a name of its own. */
export interface InputFile {
  readonly name: string;
  readonly content: Uint8Array | string;
  /** When it was last changed, milliseconds since 1970. */
  readonly modifiedMs?: number;
}

/** A file that the browser holds, such as a `File`: nothing of it is read before its turn. */
export interface UnreadFile {
  readonly name: string;
  readonly content: FileLike;
  readonly modifiedMs?: number;
}

/** Something about one file that the person should know; `error` means that nothing of it was taken. */
export interface Notice {
  readonly level: "error" | "warning";
  readonly code: ErrorCode;
  readonly file: string;
  readonly message: string;
}

export interface AddRequest {
  readonly collectionId: number;
  readonly files: readonly (InputFile | UnreadFile)[];
  /** For every one of the files. */
  readonly options?: ImportOptions;
}

export interface AddReport {
  /** Stored, not indexed yet: call `index`. */
  readonly added: readonly Source[];
  /** Same text already in the collection. */
  readonly unchanged: readonly Source[];
  readonly notices: readonly Notice[];
  /** Of tables of examples: which columns were read, for confirming. */
  readonly columns: readonly { readonly sourceId: number; readonly columns: ReadColumns }[];
}

export interface AddProgress {
  readonly doneFiles: number;
  readonly totalFiles: number;
  readonly file: string;
}

export interface IndexProgress {
  readonly donePassages: number;
  readonly totalPassages: number;
  readonly sourceName: string;
  readonly passagesPerSecond: number;
  /** null until there is enough to judge by. */
  readonly secondsLeft: number | null;
}

export interface IndexReport {
  readonly passages: number;
  /** Those of them that had no vector of the same content yet. */
  readonly embedded: number;
  /** Sources of which something had one, such as a file that was changed a little and added again. */
  readonly kept: readonly KeptVectors[];
  /** Sources that could not be cut again as they were; the others are finished. */
  readonly notices: readonly Notice[];
  readonly tookMs: number;
}

/** How much of a source was there already. */
export interface KeptVectors {
  readonly sourceId: number;
  /** Stored by this run, and those of them whose vector was taken from a passage of the same content. */
  readonly passages: number;
  readonly kept: number;
}

/** What `index` would do now. */
export interface IndexPlan {
  /** Passages of sources that were stored and not finished. */
  readonly unfinished: number;
  /** Stored passages without a vector under this task, model and policy: another one was in use before. */
  readonly missing: number;
  /** For both, at the rate that this model had on this device; null where none was measured. */
  readonly seconds: number | null;
}

export interface PassagePage {
  readonly total: number;
  readonly passages: readonly Passage[];
}

type Nothing = Readonly<Record<string, never>>;

/** Everything that a page can ask of the engine. */
export interface EngineCalls {
  status: { in: Nothing; event: never; out: EngineStatus };
  /** Runs until aborted or closed. */
  watch: { in: Nothing; event: EngineEvent; out: void };
  setDevice: { in: { readonly device: DeviceChoice }; event: LoadProgress; out: EngineStatus };
  /** The catalog, and what lies on this device beyond it. */
  models: { in: Nothing; event: never; out: readonly ModelEntry[] };
  /** Downloads where needed, converts and stores. Resumable: the same request goes on where it was cut off. */
  addModel: { in: AddModelRequest; event: AddModelProgress; out: ModelChoice };
  /** Opens it; what was open before stays when that fails. Kept for the next visit. */
  setModel: { in: ModelChoice; event: LoadProgress; out: EngineStatus };
  /** Deletes one precision, the weights as published, or with neither given everything of it. */
  removeModel: {
    in: { readonly modelId: string; readonly what?: Dtype | "original" };
    event: never;
    out: void;
  };
  /** Compares the open model with its reference on the device in use. */
  checkModel: { in: Nothing; event: never; out: ModelCheck };
  /** Changes what is given; an empty token forgets it. */
  hub: {
    in: { readonly endpoint?: string; readonly token?: string };
    event: never;
    out: HubSettings;
  };
  embed: { in: EmbedRequest; event: never; out: Embeddings };
  countTokens: { in: { readonly texts: readonly string[] }; event: never; out: readonly number[] };
  collections: { in: Nothing; event: never; out: readonly Collection[] };
  createCollection: { in: { readonly name: string; readonly kind: Kind }; event: never; out: Collection };
  renameCollection: {
    in: { readonly collectionId: number; readonly name: string };
    event: never;
    out: Collection;
  };
  collectionFacts: { in: { readonly collectionId: number }; event: never; out: CollectionFacts };
  /** Nothing finds it any more; it can be brought back for some minutes. */
  deleteCollection: { in: { readonly collectionId: number }; event: never; out: Removal };
  sources: { in: { readonly collectionId: number }; event: never; out: readonly Source[] };
  readSource: { in: { readonly sourceId: number }; event: never; out: { source: Source; text: string } };
  /** Puts these tags in the place of those that it has. */
  tagSource: {
    in: { readonly sourceId: number; readonly tags: readonly string[] };
    event: never;
    out: Source;
  };
  renameSource: { in: { readonly sourceId: number; readonly name: string }; event: never; out: Source };
  sourceFacts: { in: { readonly sourceId: number }; event: never; out: SourceFacts };
  /** Sources of one collection. Nothing finds them any more; they can be brought back for some minutes. */
  removeSources: { in: { readonly sourceIds: readonly number[] }; event: never; out: Removal };
  /** One passage that stands for itself, of the kinds that can be edited; it can be brought back for some minutes. */
  removePassage: { in: { readonly passageId: number }; event: never; out: Removal };
  /** What can be brought back, the latest first. */
  removals: { in: Nothing; event: never; out: readonly Removal[] };
  /** Brings back what was removed, with its vectors; nothing is embedded again. */
  restore: { in: { readonly removalId: number }; event: never; out: Removal };
  /** Gives the bytes of these back now, or of all. */
  freeRemovals: { in: { readonly removalIds?: readonly number[] }; event: never; out: void };
  /** Changes the words of one passage and embeds it alone. */
  editPassage: {
    in: { readonly passageId: number; readonly edit: PassageEdit };
    event: never;
    out: Passage;
  };
  /** Gives an edited passage back the words that its source has. */
  revertPassage: { in: { readonly passageId: number }; event: never; out: Passage };
  passages: {
    in: {
      readonly collectionId: number;
      readonly sourceId?: number;
      readonly offset: number;
      readonly limit: number;
    };
    event: never;
    out: PassagePage;
  };
  add: { in: AddRequest; event: AddProgress; out: AddReport };
  /** Fetches one address, which must allow this origin to read it, and adds it as a file. */
  addUrl: {
    in: { readonly collectionId: number; readonly url: string; readonly options?: ImportOptions };
    event: AddProgress;
    out: AddReport;
  };
  /**
   * Finishes every source of the collection, then gives every passage a vector under `task`. Resumable. The two
   * policies cut keys at different lengths, so each has vectors of its own; default is `use`.
   */
  index: {
    in: { readonly collectionId: number; readonly task: TaskId; readonly policy?: Policy };
    event: IndexProgress;
    out: IndexReport;
  };
  /** What `index` with the same input would cost; begins nothing. */
  indexPlan: {
    in: { readonly collectionId: number; readonly task: TaskId; readonly policy?: Policy };
    event: never;
    out: IndexPlan;
  };
  /** How a collection's questions are encoded under a task: by the model, or by what was learned of its own text. */
  adaptation: { in: AdaptationRequest; event: never; out: AdaptationStatus };
  setAdaptation: {
    in: AdaptationRequest & { readonly choice: AdaptationChoice };
    event: never;
    out: AdaptationStatus;
  };
  /** Learns now instead of when indexing has gone quiet. */
  adapt: { in: AdaptationRequest; event: { readonly part: number }; out: AdaptationStatus };
  /** Marks a hit, or takes its mark back; the collection learns from it soon after. */
  feedback: { in: FeedbackRequest; event: never; out: AdaptationStatus };
  /** Every mark that is kept for a collection and a task. */
  marks: { in: AdaptationRequest; event: never; out: readonly FeedbackMark[] };
  /**
   * Asks a language model which passages help it to an answer, and keeps that; the collection learns from it soon after.
   * Asks once a passage, and once more without one. Throws: as `answer`; nothing is kept then.
   */
  reward: { in: RewardRequest; event: { readonly part: number }; out: RewardResult };
  /** Takes back all that language models scored under a task. */
  forgetRewards: { in: AdaptationRequest; event: never; out: AdaptationStatus };
  search: { in: SearchRequest; event: never; out: SearchResult };
  /** Scores every sentence of these passages against a query; searches go before it. Passages that are gone are left out. */
  sentences: { in: SentencesRequest; event: never; out: readonly PassageSentences[] };
  /** Passages by id, in that order; those that are gone are left out. */
  readPassages: { in: { readonly passageIds: readonly number[] }; event: never; out: readonly Passage[] };
  passageTimes: { in: { readonly collectionId: number }; event: never; out: PassageTimes };
  /** What is stored of a collection's passages, to draw it: all at once, 2 bytes a number. */
  storedVectors: { in: StoredVectorsRequest; event: never; out: StoredVectors };
  prompt: { in: PromptRequest; event: never; out: Prompt };
  /** Names of the models that a server can run. Asks that server, and no other. */
  answerModels: { in: AnswerServer; event: never; out: readonly string[] };
  /** Language models whose files are on this device. */
  textModels: { in: Nothing; event: never; out: readonly TextModelEntry[] };
  /** Resumable: the same request goes on where it was cut off. */
  addTextModel: { in: AddTextModelRequest; event: AddTextModelProgress; out: TextModelEntry };
  removeTextModel: { in: { readonly id: string }; event: never; out: void };
  /** Sends the messages to that server; its answer comes piece by piece, and is kept by nobody here. */
  answer: { in: AnswerRequest; event: GeneratedPart; out: Answer };
  /** Cuts an answer into sentences, and finds what in the sources comes closest to each. */
  checkAnswer: { in: CheckRequest; event: never; out: AnswerCheck };
  saveAnswer: { in: { readonly record: AnswerRecord }; event: never; out: SavedAnswer };
  /** Newest first. */
  savedAnswers: { in: Nothing; event: never; out: readonly SavedAnswer[] };
  deleteAnswer: { in: { readonly answerId: number }; event: never; out: void };
  /** Collections as one file, whose bytes come as events in their order. */
  exportBundle: { in: ExportRequest; event: ExportEvent; out: ExportReport };
  /** Which collections are also, or only, on a server. */
  remotes: { in: Nothing; event: never; out: readonly RemoteLink[] };
  /** What Sextant has on a server. Asks that server, and no other; its key is kept for this visit. */
  listRemote: { in: { readonly access: RemoteAccess }; event: never; out: readonly RemoteListing[] };
  /** Makes a collection that lives there be found here: it is searched there, and what is found is cached. */
  openRemote: { in: PullRequest; event: never; out: Collection };
  /** Copies a collection there, indexing first what has no vector. Resumable: what has arrived is not sent again. */
  push: { in: PushRequest; event: PushProgress; out: PushReport };
  /** Copies one from there: into the collection that is opened from there, where there is one. Resumable. */
  pull: { in: PullRequest; event: PullProgress; out: PullReport };
  /** Forgets that a collection has a copy on a server. The copy stays there. */
  forgetRemote: { in: { readonly collectionId: number }; event: never; out: void };
  /** Adds the collections of such a file. Resumable: the same file goes on where it was cut off. */
  importBundle: { in: ImportRequest; event: ImportProgress; out: ImportReport };
  /** Imports that did not come to their end and are not under way, also of earlier visits. */
  begunImports: { in: Nothing; event: never; out: readonly BegunImport[] };
  /** What came of it stays; what its sources lack is made from their text when the collection is indexed. */
  forgetImport: { in: { readonly id: string }; event: never; out: void };
}

export type Engine = Face<EngineCalls>;

/** What this browser can do, as found at start. */
export interface Features {
  readonly webgpu: boolean;
  /** Cross-origin isolated, so that WASM may use threads. */
  readonly isolated: boolean;
  readonly jspi: boolean;
  readonly opfs: boolean;
  readonly hardwareThreads: number;
}

/** A running Sextant as the page holds it: the engine, and the few things only a page can do. */
export interface Sextant {
  readonly engine: Engine;
  readonly features: Features;
  /** The browser's own language model; null where it has none. */
  readonly builtIn: DeviceGenerator | null;
  /** Asks the browser to keep the data through storage pressure (`StorageManager.persist`, pages only). */
  persist(): Promise<boolean>;
  /** Settles when the workers are gone for good: `storage/busy-elsewhere` after a take-over, else `boundary/lost`. */
  readonly lost: Promise<SextantError>;
  close(): Promise<void>;
}
