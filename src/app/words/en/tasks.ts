import { ACCEPTED, type Kind, type TaskId } from "../../../contract/index.ts";
import { TASKS } from "../../../tasks/index.ts";

/** What a task is called and for, in words for people. */
export interface About {
  readonly label: string;
  readonly title: string;
  readonly explained: string;
}

/** The six tasks, and what each kind of collection takes. */
export const tasks = {
  about: {
    qa: {
      label: TASKS.qa.label,
      title: "Ask your documents",
      explained:
        "A question finds the passages that answer it, best first, ready to hand to a language model.",
    },
    convsearch: {
      label: TASKS.convsearch.label,
      title: "Ask in the middle of a conversation",
      explained: "The turns before count: “How large is it?” finds what “it” was.",
    },
    chat: {
      label: TASKS.chat.label,
      title: "Remember what was said",
      explained: "A new utterance recalls the earlier exchanges that it leans on.",
    },
    lrlm: {
      label: TASKS.lrlm.label,
      title: "Look back through a long text",
      explained: "The chunk before the cursor recalls earlier chunks that help to write the next one.",
    },
    icl: {
      label: TASKS.icl.label,
      title: "Choose the examples that teach",
      explained: "An input finds the solved examples most like it; the best stands last, next to the input.",
    },
    tool: {
      label: TASKS.tool.label,
      title: "Pick the right tools",
      explained: "A request ranks your tools, so that only the few that fit are sent to the model.",
    },
  } satisfies Record<TaskId, About> as Readonly<Record<TaskId, About>>,
  /** What to bring for each kind, as a sentence. */
  brings: {
    document: `${ACCEPTED.document.hint}.`,
    exchange: `${ACCEPTED.exchange.hint}.`,
    chunk: `${ACCEPTED.chunk.hint}.`,
    example: `${ACCEPTED.example.hint}.`,
    tool: `${ACCEPTED.tool.hint}.`,
  } as Readonly<Record<Kind, string>>,
  /** What the first collection of a kind is shown as until it has another name. */
  firstCollections: {
    document: "Documents",
    exchange: "Conversations",
    chunk: "Long texts",
    example: "Examples",
    tool: "Tools",
  } as Readonly<Record<Kind, string>>,
};
