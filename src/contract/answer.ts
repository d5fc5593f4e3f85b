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
}

/** A server that speaks OpenAI's protocol. */
export interface AnswerServer {
  /** Up to and with `/v1`. */
  readonly url: string;
  /** Kept by the page, for its visit only. */
  readonly key?: string;
}

export interface AnswerRequest {
  readonly server: AnswerServer;
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
