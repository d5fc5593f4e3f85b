import { KIND_OF_TASK, type Kind, type TaskId } from "../../contract/index.ts";
import { tasks, type About } from "../words/en/tasks.ts";
import { wordsOf } from "../words/words.ts";

/** What a task is called and for, in the language spoken. */
export function aboutOf(task: TaskId): About {
  return wordsOf("tasks", tasks).about[task];
}

/** What to bring, for the drop zone. */
export function broughtTo(task: TaskId): string {
  return wordsOf("tasks", tasks).brings[KIND_OF_TASK[task]];
}

/** What one passage of a kind is called. */
export const NOUN_OF_KIND = {
  document: "passage",
  exchange: "exchange",
  chunk: "chunk",
  example: "example",
  tool: "tool",
} as const satisfies Record<Kind, string>;
