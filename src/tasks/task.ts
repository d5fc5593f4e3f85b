import type { Kind, PassageDraft, Policy, TaskId, TaskInputs } from "../contract/index.ts";

/** The part of a passage that its key text is made from. */
export type KeySource = Pick<PassageDraft, "title" | "text" | "record">;

/** The room that a query text has to fit into. */
export interface QueryFit {
  readonly policy: Policy;
  /** With instruction, [CLS] and [SEP]. */
  readonly limitTokens: number;
  /** What the model wants in front of the query; it takes room too. */
  readonly instruction: string;
  /** Word pieces of a text, without [CLS] and [SEP]. */
  countTokens(text: string): number;
}

/** A query's text, without its instruction. */
export interface QueryDraft {
  readonly text: string;
  readonly turnsKept: number;
  readonly turnsCut: number;
}

/** One retrieval task: how both halves of a search become the text that is embedded. */
export interface TaskDefinition<T extends TaskId> {
  readonly id: T;
  readonly kind: Kind;
  readonly label: string;
  /** Put before the text as it stands: each ends in a colon and one space. */
  readonly instruction: { readonly query: string; readonly key: string };
  keyText(passage: KeySource): string;
  queryText(input: TaskInputs[T], fit: QueryFit): QueryDraft;
}

/** A query without turns: the text as it was typed. */
export function plainQuery(text: string): QueryDraft {
  return { text, turnsKept: 0, turnsCut: 0 };
}

/** A document's key text: `{title} {text}`, or the text alone where there is no title. */
export function titledText({ title, text }: KeySource): string {
  return title === "" ? text : `${title} ${text}`;
}
