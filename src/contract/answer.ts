import type { Dtype, PickedFile } from "./models.ts";
import type { TaskQuery } from "./tasks.ts";

/** A message of a conversation with a language model. */
export interface ChatMessage {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}

/** A function that the model may ask for, as the OpenAI protocol describes it. Nothing here ever calls one. */
export interface FunctionSpec {
  readonly name: string;
  readonly description?: string;
  /** JSON Schema of the arguments. */
  readonly parameters?: unknown;
}

/** A call that the model would make. */
export interface FunctionCall {
  readonly name: string;
  /** JSON as the model wrote it; it may be broken. */
  readonly arguments: string;
}

/** What a generator hands over on its way. */
export type GeneratedPart =
  | { readonly type: "text"; readonly text: string }
  /** What a reasoning model thinks before it answers; no part of the answer. */
  | { readonly type: "thought"; readonly text: string };

/** Why a model stopped: at its own end, at the limit of tokens, to call a function, or by the server's filter. */
export type FinishReason = "stop" | "length" | "function-call" | "filter";

export interface Generated {
  readonly text: string;
  readonly calls: readonly FunctionCall[];
  /** null where the server does not say. */
  readonly finish: FinishReason | null;
  /** As the server counts; null where it does not. */
  readonly promptTokens: number | null;
  readonly answerTokens: number | null;
}

/** `paper` is the original's text to the letter; `practical` are messages for today's chat models. */
export type PromptPreset = "paper" | "practical";

export interface PromptRequest {
  readonly query: TaskQuery;
  /** Best first. */
  readonly passageIds: readonly number[];
  /** Default is `paper`. */
  readonly preset?: PromptPreset;
  /** How many of them at the most; default is the preset's own for the task. */
  readonly count?: number;
  /** Default is the preset's own for the task. */
  readonly budgetTokens?: number;
  /** lrlm: the text just before the cursor. */
  readonly recent?: string;
  /** Solved examples that show how to answer, best first; only for `practical`. */
  readonly exampleIds?: readonly number[];
}

export interface Prompt {
  readonly preset: PromptPreset;
  /** What a chat model is given; the paper's form is one message. */
  readonly messages: readonly ChatMessage[];
  /** `tool`, practical: what goes beside the messages. */
  readonly functions: readonly FunctionSpec[];
  /** All of it as one text. */
  readonly text: string;
  readonly lengthTokens: number;
  readonly budgetTokens: number;
  /** Name of the tokenizer that counted. */
  readonly tokenizer: string;
  /** In the order in which they stand in the prompt. */
  readonly usedIds: readonly number[];
  /** Wanted, but over the budget. */
  readonly droppedIds: readonly number[];
  /** Solved examples that are in it. */
  readonly exampleIds: readonly number[];
}

/** A server that speaks OpenAI's protocol. */
export interface AnswerServer {
  /** Up to and with `/v1`. */
  readonly url: string;
  /** Kept by the page, for its visit only. */
  readonly key?: string;
}

/** A language model whose files are on this device. */
export interface TextModelEntry {
  readonly id: string;
  readonly name: string;
  /** null for one that came from files. */
  readonly repository: string | null;
  /** Commit of the repository. */
  readonly revision: string | null;
  readonly dtype: Dtype;
  /** As its card states it; null when it states none. */
  readonly licence: string | null;
  readonly sizeBytes: number;
}

/** From the hub or from files: an ONNX export in the layout of transformers.js. */
export interface AddTextModelRequest {
  readonly origin:
    | { readonly from: "hub"; readonly repository: string }
    | { readonly from: "files"; readonly name: string; readonly files: readonly PickedFile[] };
  readonly dtype: Dtype;
}

export interface AddTextModelProgress {
  readonly file: string;
  readonly doneBytes: number;
  /** null while the server has not said. */
  readonly totalBytes: number | null;
}

export interface AnswerRequest {
  /** null asks the model of that id on this device. */
  readonly server: AnswerServer | null;
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  readonly functions?: readonly FunctionSpec[];
  readonly maxTokens?: number;
  /** How many numbered sources the messages hold. */
  readonly sources: number;
}

/** A sentence of an answer and the sources it names. */
export interface CitedSentence {
  /** In the answer, UTF-16 code units, end exclusive; its marks are inside. */
  readonly start: number;
  readonly end: number;
  /** Without its marks. */
  readonly text: string;
  /** Numbers of the prompt's sources, from 1, ascending, each once. */
  readonly sources: readonly number[];
  /** Cited numbers for which the prompt has no source. */
  readonly unknown: readonly number[];
}

export interface Answer extends Generated {
  readonly sentences: readonly CitedSentence[];
}

/**
 * `ready` answers at once; `downloadable` first has to be fetched, which nobody does without the person's consent;
 * `downloading` is on its way; `absent` cannot be had here.
 */
export type GeneratorState = "ready" | "downloadable" | "downloading" | "absent";

/** A language model that answers on this device: the browser's own, or one that a page brings. */
export interface DeviceGenerator {
  state(signal?: AbortSignal): Promise<GeneratorState>;
  /** Gets it, where it is not here yet: only after the person has said yes. `onPart` is told 0 to 1. */
  fetch(options: { readonly signal?: AbortSignal; readonly onPart?: (part: number) => void }): Promise<void>;
  /** Throws: `answer/unreachable`, `answer/refused`, `answer/cut-off`; the signal's reason. */
  generate(
    messages: readonly ChatMessage[],
    options: { readonly signal?: AbortSignal; readonly onPart?: (part: GeneratedPart) => void },
  ): Promise<Generated>;
  /** How much of its window the messages take, in its own tokens; null where it does not say. */
  measure(
    messages: readonly ChatMessage[],
  ): Promise<{ readonly used: number; readonly window: number } | null>;
}

export interface CheckRequest {
  readonly text: string;
  /** The prompt's sources, in the order of their numbers. */
  readonly passageIds: readonly number[];
}

/** The sentence of a source that comes closest to one of an answer. */
export interface Closest {
  /** Number of the source, from 1. */
  readonly source: number;
  readonly cosine: number;
  /** In the passage's text, UTF-16 code units, end exclusive. */
  readonly start: number;
  readonly end: number;
}

/** A sentence of an answer with what comes closest to it: of what it cites, or of all sources where it cites none. */
export interface CheckedSentence extends CitedSentence {
  /** null where the model has no vectors or does not know the language, and where the sources are gone. */
  readonly closest: Closest | null;
  /** Whether that is over the cut-off; null without one. */
  readonly isClose: boolean | null;
}

/** How close passages come to a sentence that has nothing to do with them. Measured on this device, with this model. */
export interface Cutoff {
  /** Of `pairs` of a sentence and a passage from elsewhere, the part `chance` came closer. */
  readonly cosine: number;
  readonly chance: number;
  readonly pairs: number;
}

export interface AnswerCheck {
  readonly sentences: readonly CheckedSentence[];
  /** null where nothing could be measured. */
  readonly cutoff: Cutoff | null;
}

/** A passage as it stood in a prompt; it stays readable when its source is gone. */
export interface AnswerSource {
  readonly passageId: number;
  readonly sourceId: number;
  readonly sourceName: string;
  readonly title: string;
  readonly text: string;
  readonly startUtf16: number;
  readonly endUtf16: number;
}

/** A question and its answer, with all that it takes to check it or to ask again. */
export interface AnswerRecord {
  readonly query: TaskQuery;
  readonly preset: PromptPreset;
  /** What answered, in words. */
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  readonly functions: readonly FunctionSpec[];
  /** In the order of their numbers. */
  readonly sources: readonly AnswerSource[];
  readonly text: string;
  readonly calls: readonly FunctionCall[];
  readonly check: AnswerCheck | null;
  /** Stopped or broken off: more was to come. */
  readonly isPart: boolean;
}

export interface SavedAnswer {
  readonly id: number;
  /** ISO 8601. */
  readonly savedAt: string;
  readonly record: AnswerRecord;
}
