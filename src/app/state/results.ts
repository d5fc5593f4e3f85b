import { createLatest } from "../../base/latest.ts";
import {
  isSextantError,
  TASK_IDS,
  type SearchRequest,
  type SearchResult,
  type TaskId,
  type TaskQuery,
} from "../../contract/index.ts";
import { currentFilter, currentQuery, longTextScope, modeInUse, rowsAtCursor } from "./query.ts";
import { DIVERSITY, searchedCollections } from "./refine.ts";
import type { SliceContext } from "./slice.ts";

/** What a task last found. While `searching`, `result` is the answer to an older query. */
export interface TaskResults {
  readonly phase: "idle" | "searching" | "ready" | "failed";
  readonly result: SearchResult | null;
  /** What `result` answers. */
  readonly query: TaskQuery | null;
  /** Place of the hit that the person is at. */
  readonly selected: number;
}

export type ResultsState = { readonly [T in TaskId]: TaskResults };

const NOTHING: TaskResults = { phase: "idle", result: null, query: null, selected: 0 };

export const initialResults: ResultsState = {
  qa: NOTHING,
  convsearch: NOTHING,
  chat: NOTHING,
  lrlm: NOTHING,
  icl: NOTHING,
  tool: NOTHING,
};

export interface ResultsActions {
  /** Answers what is asked under the task now; an older search of the same task is dropped. */
  search(task: TaskId): Promise<void>;
  select(task: TaskId, place: number): void;
  /** Takes everything that was found off the page: another model measures now. */
  clear(): void;
}

export const SEARCH_FAILED = "Searching";
const HITS = 20;

export function createResultsActions(context: SliceContext): ResultsActions {
  const { engine, read, write } = context;
  const latest = new Map(TASK_IDS.map((task) => [task, createLatest()]));

  function put(task: TaskId, patch: Partial<TaskResults>): void {
    write("results", { [task]: { ...read().results[task], ...patch } });
  }

  const actions: ResultsActions = {
    async search(task) {
      const scope = task === "lrlm" ? longTextScope(read()) : null;
      if (scope)
        await Promise.all(rowsAtCursor(read()).map((row) => context.actions.passages.need(scope, row)));
      const { fusion, policy } = read().query;
      const mode = modeInUse(read());
      const query = currentQuery(read(), task);
      const collectionIds = searchedCollections(read(), task).map(({ id }) => id);
      if (query === null || collectionIds.length === 0) {
        latest.get(task)?.cancel();
        put(task, NOTHING);
        context.actions.prompt.clear(task);
        return;
      }
      put(task, { phase: "searching" });
      const filter = currentFilter(read(), task);
      const { exactness, fewerDuplicates } = read().refine;
      const request: SearchRequest = {
        collectionIds,
        query,
        mode,
        fusion,
        policy,
        exactness,
        limit: HITS,
        ...(fewerDuplicates ? { diversity: DIVERSITY } : {}),
        ...(filter ? { filter } : {}),
      };
      try {
        const result = await latest.get(task)?.run((signal) => engine.search(request, { signal }));
        if (result === undefined) return;
        put(task, { phase: "ready", result, query, selected: 0 });
        context.actions.jobs.settle(SEARCH_FAILED);
        await context.actions.prompt.assemble(task);
      } catch (error) {
        if (isSextantError(error, "search/empty-query")) put(task, NOTHING);
        else if (modeInUse(read()) !== mode) await actions.search(task);
        else {
          put(task, { phase: "failed" });
          const { unopened } = read().model;
          if (unopened === null || !isSextantError(error, unopened.code))
            context.actions.jobs.fail(SEARCH_FAILED, error);
        }
      }
    },
    select(task, place) {
      put(task, { selected: place });
    },
    clear() {
      for (const one of latest.values()) one.cancel();
      write("results", initialResults);
    },
  };
  return actions;
}
