import type { Kind, TaskId } from "../../contract/index.ts";

/** What a task is for, in words for people. */
export interface About {
  readonly title: string;
  readonly explained: string;
  /** What to bring, for the drop zone. */
  readonly brings: string;
}

export const ABOUT = {
  qa: {
    title: "Ask your documents",
    explained: "A question finds the passages that answer it, best first, ready to hand to a language model.",
    brings: "Plain text, Markdown or HTML.",
  },
  convsearch: {
    title: "Ask in the middle of a conversation",
    explained: "The turns before count: “How large is it?” finds what “it” was.",
    brings: "Plain text, Markdown or HTML.",
  },
  chat: {
    title: "Remember what was said",
    explained: "A new utterance recalls the earlier exchanges that it leans on.",
    brings: "A transcript with “User:” and “Assistant:” lines, or a JSON array of messages.",
  },
  lrlm: {
    title: "Look back through a long text",
    explained: "The chunk before the cursor recalls earlier chunks that help to write the next one.",
    brings: "One long text: a book, a report, a log.",
  },
  icl: {
    title: "Choose the examples that teach",
    explained: "An input finds the solved examples most like it; the best stands last, next to the input.",
    brings: "Inputs and outputs as CSV or JSON Lines.",
  },
  tool: {
    title: "Pick the right tools",
    explained: "A request ranks your tools, so that only the few that fit are sent to the model.",
    brings: "A JSON array of function specifications, or the result of an MCP tools/list.",
  },
} as const satisfies Record<TaskId, About>;

/** What one passage of a kind is called. */
export const NOUN_OF_KIND = {
  document: "passage",
  exchange: "exchange",
  chunk: "chunk",
  example: "example",
  tool: "tool",
} as const satisfies Record<Kind, string>;
