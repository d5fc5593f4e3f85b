import { REWARDED_TASKS, type AnswerRecord } from "../../contract/index.ts";
import { chosenModel } from "./chosen-model.ts";
import type { AppState } from "./store.ts";

/** Fewer leave nothing to tell apart. */
const FEWEST_SOURCES = 2;

/** Name of the model that would say which sources helped; null where none can be asked, or the task has no such answers. */
export function rewardAsk({ answers }: AppState, { query, sources }: AnswerRecord): string | null {
  if (!REWARDED_TASKS.some((task) => task === query.task) || sources.length < FEWEST_SOURCES) return null;
  return chosenModel(answers)?.name ?? null;
}
