import type { ChatMessage, FunctionSpec, Passage, TaskId, TaskInputs } from "../contract/index.ts";

/** A found passage with the one after it in its source. */
export interface RankedPassage {
  readonly passage: Passage;
  readonly continuation: Passage | null;
}

/** What every form of a task's prompt says. */
export interface PromptRules {
  /** How many passages go in where nothing else is asked for. */
  readonly count: number;
  readonly budgetTokens: number;
  readonly order: "best-first" | "best-last" | "document";
}

/** How a task's passages and query become one text, as the paper has it. */
export interface TextTemplate<T extends TaskId> extends PromptRules {
  itemText(ranked: RankedPassage): string;
  /** The whole prompt; `items` stand in the template's order and may be none. */
  frame(items: readonly string[], input: TaskInputs[T], surroundings: Surroundings): string;
}

/** How a task's passages and query become a conversation with a chat model. */
export interface MessageTemplate<T extends TaskId> extends PromptRules {
  /** `found` stands in the template's order and may be empty. */
  messages(
    found: readonly RankedPassage[],
    input: TaskInputs[T],
    surroundings: Surroundings,
  ): readonly ChatMessage[];
  functions?(found: readonly RankedPassage[]): readonly FunctionSpec[];
}

export interface Surroundings {
  /** lrlm: the text just before the cursor. */
  readonly recent: string | undefined;
  countTokens(text: string): number;
}

/** `{title} {text}`, the form that the original hands over for documents. */
export function documentText({ passage: { title, text } }: RankedPassage): string {
  return title === "" ? text : `${title} ${text}`;
}

export function exchangeText({ passage: { text, record } }: RankedPassage): string {
  return record.kind === "exchange" ? `Speaker 1: ${record.speaker1}\nSpeaker 2: ${record.speaker2}` : text;
}

/** A chunk with the one that follows it, as one text. */
export function chunkText({ passage, continuation }: RankedPassage): string {
  return passage.text + (continuation?.text ?? "");
}

/** Source: window of the original, half of its 4,096 tokens; the other half is for eight chunks and what follows each. */
export const RECENT_TOKENS = 2048;
