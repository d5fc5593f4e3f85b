import type { Passage, TaskId, TaskInputs } from "../contract/index.ts";

/** A found passage with the one after it in its source. */
export interface RankedPassage {
  readonly passage: Passage;
  readonly continuation: Passage | null;
}

/** How a task's passages and query become the text for a language model. */
export interface PromptTemplate<T extends TaskId> {
  /** How many passages go in where nothing else is asked for. */
  readonly count: number;
  readonly budgetTokens: number;
  readonly order: "best-first" | "best-last" | "document";
  itemText(ranked: RankedPassage): string;
  /** The whole prompt; `items` stand in the template's order and may be none. */
  frame(items: readonly string[], input: TaskInputs[T], surroundings: Surroundings): string;
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
