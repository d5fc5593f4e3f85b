import type { IndexProgress, TaskId } from "../../contract/index.ts";
import { ingest } from "../words/en/ingest.ts";
import { wordsOf } from "../words/words.ts";
import type { Report } from "./jobs.ts";
import type { SliceContext } from "./slice.ts";
import { shownName } from "./collection-name.ts";

/** `paused` ends for something else, such as another model, and is taken up again; `stopped` waits for a person. */
export type RunEnd = "done" | "paused" | "stopped";

/** Indexing as visible jobs: one at a time for each collection and task. */
export interface IndexRuns {
  run(collectionId: number, task: TaskId, label: string): Promise<RunEnd>;
  /** Whether one is under way, so that what was just stored is taken by it. */
  isRunning(collectionId: number, task: TaskId): boolean;
  /** Ends all of them for now; resolves once they have ended. */
  pause(): Promise<void>;
}

/** While indexing, counts and hits are brought up to date this often. */
const SHOW_EVERY_MS = 3000;

export function createIndexRuns(
  context: SliceContext,
  /** Called now and then, and at the end. */
  show: (task: TaskId) => Promise<void>,
): IndexRuns {
  const { engine, read } = context;
  const runs = new Map<string, Promise<RunEnd>>();
  let pause = new AbortController();

  const keyOf = (collectionId: number, task: TaskId): string => `${collectionId}:${task}`;

  async function once(collectionId: number, task: TaskId, label: string): Promise<RunEnd> {
    const { policy } = read().query;
    const { signal: paused } = pause;
    let shownMs = Date.now();
    const onEvent = (event: IndexProgress, report: Report): void => {
      const { donePassages: done, totalPassages: total, sourceName, passagesPerSecond, secondsLeft } = event;
      if (total === 0) return;
      const perSecond = passagesPerSecond > 0 ? passagesPerSecond : null;
      report(sourceName, { done, total, unit: "passages", perSecond, secondsLeft });
      if (Date.now() - shownMs < SHOW_EVERY_MS) return;
      shownMs = Date.now();
      void show(task);
    };
    const report = await context.actions.jobs.run(
      label,
      (signal, tell) =>
        engine.index(
          { collectionId, task, policy },
          { signal: AbortSignal.any([signal, paused]), onEvent: (event) => onEvent(event, tell) },
        ),
      { hiddenUntilReport: true },
    );
    context.actions.corpus.noteAll(report?.notices ?? []);
    context.actions.queue.noteKept(report?.kept ?? []);
    if (report) return "done";
    return paused.aborted ? "paused" : "stopped";
  }

  return {
    async run(collectionId, task, label) {
      const key = keyOf(collectionId, task);
      const before = runs.get(key);
      // What waits is given up with what was stopped or has failed.
      const work = (async (): Promise<RunEnd> => {
        const end = before ? await before : "done";
        return end === "done" ? once(collectionId, task, label) : end;
      })();
      runs.set(key, work);
      const end = await work;
      if (runs.get(key) === work) runs.delete(key);
      await show(task);
      return end;
    },
    isRunning: (collectionId, task) => runs.has(keyOf(collectionId, task)),
    async pause() {
      pause.abort();
      pause = new AbortController();
      await Promise.all(runs.values());
    },
  };
}

export function indexingLabel(name: string): string {
  return wordsOf("ingest", ingest).indexing(shownName({ name }));
}
