import {
  KIND_OF_TASK,
  type Collection,
  type Prompt,
  type Sample,
  type Source,
  type TaskId,
} from "../../contract/index.ts";
import { collectionOf } from "./corpus.ts";
import type { TaskResults } from "./results.ts";
import type { AppState } from "./store.ts";

const NO_SOURCES: readonly Source[] = [];

export function selectCollection({ corpus }: AppState, task: TaskId): Collection | undefined {
  return collectionOf(corpus, KIND_OF_TASK[task]);
}

export function selectSources(state: AppState, task: TaskId): readonly Source[] {
  const collection = selectCollection(state, task);
  return (collection && state.corpus.sourcesByCollection[collection.id]) ?? NO_SOURCES;
}

export function selectResults({ results }: AppState, task: TaskId): TaskResults {
  return results[task];
}

export function selectPrompt({ prompt }: AppState, task: TaskId): Prompt | undefined {
  return prompt.prompts[task];
}

export function selectSample({ panel }: AppState, task: TaskId): Sample | undefined {
  return panel.samples.find((sample) => sample.task === task);
}

/** Whether all files of the task's sample were added: one may have its name from elsewhere. */
export function hasSample(state: AppState, task: TaskId): boolean {
  const names = new Set(selectSources(state, task).map(({ name }) => name));
  return selectSample(state, task)?.files.every(({ name }) => names.has(name)) ?? false;
}
