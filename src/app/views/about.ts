import { ACCEPTED, KIND_OF_TASK, type Kind, type TaskId } from "../../contract/index.ts";

/** What a task is for, in words for people. */
export interface About {
  readonly title: string;
  readonly explained: string;
}

export const ABOUT = {
  qa: {
    title: "Ask your documents",
    explained: "A question finds the passages that answer it, best first, ready to hand to a language model.",
  },
  convsearch: {
    title: "Ask in the middle of a conversation",
    explained: "The turns before count: “How large is it?” finds what “it” was.",
  },
  chat: {
    title: "Remember what was said",
    explained: "A new utterance recalls the earlier exchanges that it leans on.",
  },
  lrlm: {
    title: "Look back through a long text",
    explained: "The chunk before the cursor recalls earlier chunks that help to write the next one.",
  },
  icl: {
    title: "Choose the examples that teach",
    explained: "An input finds the solved examples most like it; the best stands last, next to the input.",
  },
  tool: {
    title: "Pick the right tools",
    explained: "A request ranks your tools, so that only the few that fit are sent to the model.",
  },
} as const satisfies Record<TaskId, About>;

/** What to bring, for the drop zone. */
export function broughtTo(task: TaskId): string {
  return `${ACCEPTED[KIND_OF_TASK[task]].hint}.`;
}

/** What one passage of a kind is called. */
export const NOUN_OF_KIND = {
  document: "passage",
  exchange: "exchange",
  chunk: "chunk",
  example: "example",
  tool: "tool",
} as const satisfies Record<Kind, string>;
