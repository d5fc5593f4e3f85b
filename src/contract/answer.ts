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
