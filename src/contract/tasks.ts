/** The six retrieval tasks of LLM-Embedder, under the ids of the original. */
export const TASK_IDS = ["qa", "convsearch", "chat", "lrlm", "icl", "tool"] as const;
export type TaskId = (typeof TASK_IDS)[number];

/** Which half of a search a text is on; each half has its own instruction. */
export type Side = "query" | "key";

/** `use` is for today's work; `paper` reproduces the original's limits and cuts to the letter. */
export type Policy = "use" | "paper";

/** What one passage of a collection is. A collection holds one kind. */
export const KINDS = ["document", "exchange", "chunk", "example", "tool"] as const;
export type Kind = (typeof KINDS)[number];

/** The kind of passage that each task searches. */
export const KIND_OF_TASK = {
  qa: "document",
  convsearch: "document",
  chat: "exchange",
  lrlm: "chunk",
  icl: "example",
  tool: "tool",
} as const satisfies Record<TaskId, Kind>;

/** What a person enters, task by task. Turns alternate question and answer, oldest first. */
export interface TaskInputs {
  qa: { readonly question: string };
  convsearch: { readonly turns: readonly string[]; readonly question: string };
  chat: { readonly utterance: string };
  lrlm: { readonly chunk: string };
  icl: { readonly input: string };
  tool: { readonly request: string };
}

/** One query under one task: `{ task: "qa", question: "…" }`. */
export type TaskQuery = { [T in TaskId]: { readonly task: T } & TaskInputs[T] }[TaskId];

export function isTaskId(value: unknown): value is TaskId {
  return TASK_IDS.some((id) => id === value);
}
