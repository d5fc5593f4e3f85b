import { createLatest } from "../../base/latest.ts";
import {
  isSextantError,
  TASK_IDS,
  type ScoredSentence,
  type SearchRequest,
  type SearchResult,
  type TaskId,
  type TaskQuery,
} from "../../contract/index.ts";
import { currentFilter, currentQuery, longTextScope, modeInUse, rowsAtCursor } from "./query.ts";
import { DIVERSITY, searchedCollections } from "./refine.ts";
import type { SliceContext } from "./slice.ts";
import type { AppState } from "./store.ts";
import { hits } from "../words/en/hits.ts";
import { work } from "../words/en/work.ts";
import { wordsOf } from "../words/words.ts";

/** What a task last found. While `searching`, `result` is the answer to an older query. */
export interface TaskResults {
  readonly phase: "idle" | "searching" | "ready" | "failed";
  readonly result: SearchResult | null;
  /** What `result` answers. */
  readonly query: TaskQuery | null;
  /** Place of the hit that the person is at. */
  readonly selected: number;
  /** What was scored of the hits' sentences, by passage id. */
  readonly sentences: Readonly<Record<number, readonly ScoredSentence[]>>;
}

export type ResultsState = { readonly [T in TaskId]: TaskResults };

const NOTHING: TaskResults = { phase: "idle", result: null, query: null, selected: 0, sentences: {} };

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
  /** Scores the sentences of these passages against what `result` answers; another question stops it. */
  scoreSentences(task: TaskId, passageIds: readonly number[]): Promise<void>;
  /** Takes everything that was found off the page: another model measures now. */
  clear(): void;
}

const HITS = 20;

/** What a search under the task asks for now; null while there is nothing to ask or to look into. */
export function searchRequest(state: AppState, task: TaskId): SearchRequest | null {
  const asked = currentQuery(state, task);
  const { embedded } = state.query;
  const query: TaskQuery | null =
    task === "convsearch" && asked !== null && embedded !== null && embedded.trim() !== ""
      ? { task, turns: [], question: embedded }
      : asked;
  const collectionIds = searchedCollections(state, task).map(({ id }) => id);
  if (query === null || collectionIds.length === 0) return null;
  const { fusion, policy } = state.query;
  const { exactness, fewerDuplicates } = state.refine;
  const filter = currentFilter(state, task);
  return {
    collectionIds,
    query,
    mode: modeInUse(state),
    fusion,
    policy,
    exactness,
    limit: HITS,
    ...(fewerDuplicates ? { diversity: DIVERSITY } : {}),
    ...(filter ? { filter } : {}),
  };
}

export function createResultsActions(context: SliceContext): ResultsActions {
  const { engine, read, write } = context;
  const latest = new Map(TASK_IDS.map((task) => [task, createLatest()]));
  const scoring = createLatest();

  function put(task: TaskId, patch: Partial<TaskResults>): void {
    write("results", { [task]: { ...read().results[task], ...patch } });
  }

  const actions: ResultsActions = {
    async search(task) {
      const scope = task === "lrlm" ? longTextScope(read()) : null;
      if (scope)
        await Promise.all(rowsAtCursor(read()).map((row) => context.actions.passages.need(scope, row)));
      const request = searchRequest(read(), task);
      if (request === null) {
        latest.get(task)?.cancel();
        put(task, NOTHING);
        context.actions.prompt.clear(task);
        return;
      }
      const { mode } = request;
      const query = currentQuery(read(), task);
      if (!isSame(query, read().results[task].query)) scoring.cancel();
      put(task, { phase: "searching" });
      try {
        const result = await latest.get(task)?.run((signal) => engine.search(request, { signal }));
        if (result === undefined) return;
        put(task, { phase: "ready", result, query, ...keptOf(read().results[task], query, result) });
        context.actions.jobs.settle(wordsOf("work", work).searching);
        await context.actions.prompt.assemble(task);
      } catch (error) {
        if (isSextantError(error, "search/empty-query")) put(task, NOTHING);
        else if (modeInUse(read()) !== mode) await actions.search(task);
        else {
          put(task, { phase: "failed" });
          const { unopened } = read().model;
          if (unopened === null || !isSextantError(error, unopened.code))
            context.actions.jobs.fail(wordsOf("work", work).searching, error);
        }
      }
    },
    select(task, place) {
      put(task, { selected: place });
    },
    async scoreSentences(task, passageIds) {
      const { query, result, sentences } = read().results[task];
      const missing = passageIds.filter((id) => sentences[id] === undefined);
      if (query === null || !result?.encodedBy || missing.length === 0) return;
      const request = { query, policy: read().query.policy, passageIds: missing };
      try {
        const found = await scoring.run((signal) => engine.sentences(request, { signal }));
        const now = read().results[task];
        if (found === undefined || !isSame(query, now.query)) return;
        const scored = Object.fromEntries(found.map((one) => [one.passageId, one.sentences]));
        put(task, { sentences: { ...now.sentences, ...scored } });
      } catch (error) {
        context.actions.jobs.fail(wordsOf("hits", hits).scoring, error);
      }
    },
    clear() {
      for (const one of latest.values()) one.cancel();
      scoring.cancel();
      write("results", initialResults);
    },
  };
  return actions;
}

function isSame(query: TaskQuery | null, other: TaskQuery | null): boolean {
  return JSON.stringify(query) === JSON.stringify(other);
}

/** The same question answered anew keeps the hit that the person is at, and what is known of sentences. */
function keptOf(
  before: TaskResults,
  query: TaskQuery | null,
  { hits: found }: SearchResult,
): Pick<TaskResults, "selected" | "sentences"> {
  if (!isSame(query, before.query)) return { selected: 0, sentences: {} };
  const id = before.result?.hits[before.selected]?.passage.id;
  const selected = found.findIndex(({ passage }) => passage.id === id);
  return { selected: Math.max(0, selected), sentences: before.sentences };
}
