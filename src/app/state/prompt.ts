import { createLatest } from "../../base/latest.ts";
import { TASK_IDS, type Prompt, type TaskId } from "../../contract/index.ts";
import { cutOf, isBeyond } from "./pictures.ts";
import { recentText } from "./query.ts";
import type { SliceContext } from "./slice.ts";

/** Prompts by task, and how many passages a person asked for; null leaves it to the task. */
export interface PromptState {
  readonly prompts: { readonly [T in TaskId]?: Prompt };
  readonly counts: { readonly [T in TaskId]?: number };
}

export const initialPrompt: PromptState = { prompts: {}, counts: {} };

export interface PromptActions {
  /** Builds the prompt of the task's latest hits. */
  assemble(task: TaskId): Promise<void>;
  setCount(task: TaskId, count: number): void;
  clear(task: TaskId): void;
}

export const PROMPT_FAILED = "Assembling the prompt";

export function createPromptActions(context: SliceContext): PromptActions {
  const { engine, read, write } = context;
  const latest = new Map(TASK_IDS.map((task) => [task, createLatest()]));

  const put = (task: TaskId, prompt: Prompt | undefined): void => {
    const { [task]: _, ...others } = read().prompt.prompts;
    write("prompt", { prompts: prompt ? { ...others, [task]: prompt } : others });
  };

  const actions: PromptActions = {
    async assemble(task) {
      const { result, query } = read().results[task];
      if (!result || !query) return;
      const count = read().prompt.counts[task];
      const cut = cutOf(read(), task);
      const request = {
        query,
        passageIds: result.hits.filter((hit) => !isBeyond(hit, cut)).map(({ passage }) => passage.id),
        ...(count === undefined ? {} : { count }),
        ...(task === "lrlm" ? { recent: recentText(read()) } : {}),
      };
      try {
        const prompt = await latest.get(task)?.run((signal) => engine.prompt(request, { signal }));
        if (prompt === undefined) return;
        put(task, prompt);
        context.actions.jobs.settle(PROMPT_FAILED);
      } catch (error) {
        context.actions.jobs.fail(PROMPT_FAILED, error);
      }
    },
    setCount(task, count) {
      write("prompt", { counts: { ...read().prompt.counts, [task]: count } });
      void actions.assemble(task);
    },
    clear(task) {
      latest.get(task)?.cancel();
      put(task, undefined);
    },
  };
  return actions;
}
