import type {
  AddTextModelProgress,
  AnswerRecord,
  ErrorCode,
  FinishReason,
  GeneratorState,
  SavedAnswer,
  TaskId,
  TextModelEntry,
} from "../../contract/index.ts";
import type { PromptParts } from "./answer-parts.ts";
import type { Environment } from "./environment.ts";

/** Who answers. Nothing is asked of anyone before the person has chosen, and then only of the chosen one. */
export const GENERATORS = ["copy", "server", "browser", "device"] as const;
export type GeneratorKind = (typeof GENERATORS)[number];

export interface AnswerFault {
  readonly code: ErrorCode;
  readonly message: string;
}

/** A server that speaks OpenAI's protocol, as the person described it. The key is in memory only. */
export interface ServerState {
  readonly url: string;
  readonly key: string;
  /** null until they were asked for. */
  readonly models: readonly string[] | null;
  readonly model: string;
  readonly isListing: boolean;
  readonly failure: AnswerFault | null;
}

/** The browser's own model. */
export interface BrowserState {
  /** This browser has one at all. */
  readonly isOffered: boolean;
  /** null until it was asked. */
  readonly state: GeneratorState | null;
  /** 0 to 1 while it is fetched. */
  readonly part: number | null;
  /** How much of its window the prompt takes that was measured last, in its own tokens. */
  readonly room: { readonly used: number; readonly window: number } | null;
  readonly failure: AnswerFault | null;
}

/** Language models whose files this page keeps. */
export interface DeviceState {
  /** null until they were asked for. */
  readonly models: readonly TextModelEntry[] | null;
  readonly chosen: string | null;
  /** What is on its way; null when nothing is. */
  readonly progress: AddTextModelProgress | null;
  readonly failure: AnswerFault | null;
}

/** One question on its way to its answer, or there. */
export interface AnswerRun {
  /** One a question that was asked, in this visit. */
  readonly id: number;
  readonly phase: "answering" | "checking" | "done";
  readonly record: AnswerRecord;
  /** What a reasoning model thought; no part of the answer. */
  readonly thought: string;
  readonly finish: FinishReason | null;
  /** Why it broke off; what had come is in the record. */
  readonly failure: AnswerFault | null;
  readonly wasStopped: boolean;
  readonly savedId: number | null;
}

/** A prompt in the person's own words; it stays as it is until they let go of it. */
export type EditedPrompt = PromptParts;

export interface AnswersState {
  /** What the prompt's column shows. */
  readonly pane: "prompt" | "answer";
  readonly generator: GeneratorKind | null;
  readonly server: ServerState;
  readonly browser: BrowserState;
  readonly device: DeviceState;
  readonly edited: { readonly [T in TaskId]?: EditedPrompt };
  readonly runs: { readonly [T in TaskId]?: AnswerRun };
  /** Newest first; null until they were asked for. */
  readonly saved: readonly SavedAnswer[] | null;
}

/** Name of the preference that holds the address of the server that was named last. */
export const SERVER_PREFERENCE = "sextant.answer-server";

export function storedAnswers({ readPreference, builtIn }: Environment): AnswersState {
  return {
    pane: "prompt",
    generator: null,
    server: {
      url: readPreference(SERVER_PREFERENCE) ?? "",
      key: "",
      models: null,
      model: "",
      isListing: false,
      failure: null,
    },
    browser: { isOffered: builtIn !== null, state: null, part: null, room: null, failure: null },
    device: { models: null, chosen: null, progress: null, failure: null },
    edited: {},
    runs: {},
    saved: null,
  };
}
