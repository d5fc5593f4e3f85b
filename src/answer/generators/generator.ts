import type { ChatMessage, FunctionSpec, Generated, GeneratedPart } from "../../contract/index.ts";

export interface GenerateOptions {
  readonly functions?: readonly FunctionSpec[];
  readonly maxTokens?: number | undefined;
  /** Stops the model; the call rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Called with every piece as it comes, so that what came before a failure is not lost. */
  readonly onPart?: (part: GeneratedPart) => void;
}

/** Something that continues a conversation. It is contacted when it is called, and at no other time. */
export interface Generator {
  readonly name: string;
  /**
   * Throws: `answer/unreachable`, `answer/denied`, `answer/no-model`, `answer/busy`, `answer/refused`,
   * `answer/unreadable`, `answer/cut-off`; the signal's reason.
   */
  generate(messages: readonly ChatMessage[], options?: GenerateOptions): Promise<Generated>;
}
