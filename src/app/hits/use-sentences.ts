import { useEffect } from "react";
import type { TaskId } from "../../contract/index.ts";
import { useActions, useApp } from "../state/context.tsx";

/** Tasks whose hits answer with a sentence. */
const ANSWERED: ReadonlySet<TaskId> = new Set(["qa"]);

/** Has the sentences of the first hits scored, once the hits are on the page. */
export function useSentences(task: TaskId, count?: number): void {
  const result = useApp((state) => state.results[task].result);
  const { results } = useActions();
  useEffect(() => {
    if (result === null || !ANSWERED.has(task)) return;
    const ids = result.hits.slice(0, count).map(({ passage }) => passage.id);
    void results.scoreSentences(task, ids);
  }, [result, results, task, count]);
}
