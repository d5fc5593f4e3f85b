import { createLatest } from "../../base/latest.ts";
import {
  TASK_IDS,
  type Prompt,
  type PromptPreset,
  type PromptRequest,
  type TaskId,
  type TaskQuery,
  textOfQuery,
} from "../../contract/index.ts";
import { cutOf, isBeyond } from "./pictures.ts";
import { modeInUse, recentText } from "./query.ts";
import type { SliceContext } from "./slice.ts";
import { recentSourceIds } from "./talk.ts";
import { work } from "../words/en/work.ts";
import { wordsOf } from "../words/words.ts";

/** Prompts by task, and how a person wants them. What is not said is left to the task. */
export interface PromptState {
  readonly prompts: { readonly [T in TaskId]?: Prompt };
  readonly counts: { readonly [T in TaskId]?: number };
  readonly presets: { readonly [T in TaskId]?: PromptPreset };
  /** A collection of solved examples that show the model how to answer. */
  readonly examplesFrom: number | null;
}

export const initialPrompt: PromptState = { prompts: {}, counts: {}, presets: {}, examplesFrom: null };

/** Sources with numbers, and the demand to cite them. */
export const DEFAULT_PRESET: PromptPreset = "practical";

/** Examples that show how to answer: more would take the place of what there is to answer from. */
const EXAMPLES = 4;

export interface PromptActions {
  /** Builds the prompt of the task's latest hits. */
  assemble(task: TaskId): Promise<void>;
  setCount(task: TaskId, count: number): void;
  setPreset(task: TaskId, preset: PromptPreset): void;
  takeExamplesFrom(collectionId: number | null): void;
  clear(task: TaskId): void;
}

export function createPromptActions(context: SliceContext): PromptActions {
  const { engine, read, write } = context;
  const latest = new Map(TASK_IDS.map((task) => [task, createLatest()]));

  const put = (task: TaskId, prompt: Prompt | undefined): void => {
    const { [task]: _, ...others } = read().prompt.prompts;
    write("prompt", { prompts: prompt ? { ...others, [task]: prompt } : others });
  };

  /** Examples most like the query, best first; a query of examples has its own. */
  async function examplesFor(query: TaskQuery, signal: AbortSignal): Promise<readonly number[]> {
    const { examplesFrom } = read().prompt;
    if (examplesFrom === null || query.task === "icl" || query.task === "lrlm") return [];
    const { hits } = await engine.search(
      {
        collectionIds: [examplesFrom],
        query: { task: "icl", input: textOfQuery(query) },
        mode: modeInUse(read()),
        fusion: read().query.fusion,
        policy: "use",
        limit: EXAMPLES,
      },
      { signal },
    );
    return hits.map(({ passage }) => passage.id);
  }

  const actions: PromptActions = {
    async assemble(task) {
      const { result, query } = read().results[task];
      if (!result || !query) return;
      const count = read().prompt.counts[task];
      const cut = cutOf(read(), task);
      const recent = recentSourceIds(read());
      const hits = result.hits.filter((hit) => !isBeyond(hit, cut) && !recent.has(hit.passage.sourceId));
      const request: PromptRequest = {
        query,
        preset: read().prompt.presets[task] ?? DEFAULT_PRESET,
        passageIds: hits.map(({ passage }) => passage.id),
        ...(count === undefined ? {} : { count }),
        ...(task === "lrlm" ? { recent: recentText(read()) } : {}),
      };
      try {
        const prompt = await latest.get(task)?.run(async (signal) => {
          const exampleIds = await examplesFor(query, signal);
          return engine.prompt({ ...request, ...(exampleIds.length > 0 && { exampleIds }) }, { signal });
        });
        if (prompt === undefined) return;
        put(task, prompt);
        context.actions.jobs.settle(wordsOf("work", work).assembling);
      } catch (error) {
        context.actions.jobs.fail(wordsOf("work", work).assembling, error);
      }
    },
    setPreset(task, preset) {
      write("prompt", { presets: { ...read().prompt.presets, [task]: preset } });
      void actions.assemble(task);
    },
    takeExamplesFrom(examplesFrom) {
      write("prompt", { examplesFrom });
      void actions.assemble(read().query.task);
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
