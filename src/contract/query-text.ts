import type { TaskId, TaskQuery } from "./tasks.ts";

/** A single text as a query of a task, without what came before it. */
export function queryOfText(task: TaskId, text: string): TaskQuery {
  switch (task) {
    case "qa":
      return { task, question: text };
    case "convsearch":
      return { task, turns: [], question: text };
    case "chat":
      return { task, utterance: text };
    case "lrlm":
      return { task, chunk: text };
    case "icl":
      return { task, input: text };
    case "tool":
      return { task, request: text };
    default:
      return task satisfies never;
  }
}

/** What a query asks, as one line. */
export function textOfQuery(query: TaskQuery): string {
  switch (query.task) {
    case "qa":
    case "convsearch":
      return query.question;
    case "chat":
      return query.utterance;
    case "lrlm":
      return query.chunk;
    case "icl":
      return query.input;
    case "tool":
      return query.request;
    default:
      return query satisfies never;
  }
}
