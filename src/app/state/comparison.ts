import type {
  Exactness,
  Policy,
  SearchMode,
  SearchRequest,
  SearchResult,
  TaskId,
  TaskQuery,
} from "../../contract/index.ts";
import { queryOfText, textOfQuery } from "./query-text.ts";
import { currentQuery } from "./query.ts";
import { selectSample } from "./select.ts";
import type { AppState } from "./store.ts";

/** One way to search, as far as two are compared. */
export interface Setting {
  readonly mode: SearchMode;
  readonly exactness: Exactness;
  readonly policy: Policy;
  /** What the collection has learned may be used; without, the model alone encodes the query. */
  readonly encoding: "learned" | "model";
}

/** One query's two answers. */
export interface Compared {
  readonly query: TaskQuery;
  readonly left: SearchResult;
  readonly right: SearchResult;
}

/** Two settings and what they found for the same queries. */
export interface Comparison {
  readonly left: Setting;
  readonly right: Setting;
  /** Queries of the person's own, one a line, besides the one on the page and the sample's. */
  readonly lines: string;
  readonly phase: "idle" | "searching" | "ready";
  /** Whose queries `pairs` answers. */
  readonly task: TaskId | null;
  readonly pairs: readonly Compared[];
}

const USUAL: Setting = { mode: "semantic", exactness: "exact", policy: "use", encoding: "learned" };

export const initialComparison: Comparison = {
  left: USUAL,
  right: { ...USUAL, mode: "keywords" },
  lines: "",
  phase: "idle",
  task: null,
  pairs: [],
};

/** As many queries as are asked at once. */
const MOST_QUERIES = 20;

/** The query on the page, the person's own lines and the sample's queries, each once. */
export function comparedQueries(state: AppState, task: TaskId): readonly TaskQuery[] {
  const current = currentQuery(state, task);
  const lines = state.pictures.comparison.lines.split("\n").filter((line) => line.trim() !== "");
  const sampled = (selectSample(state, task)?.queries ?? []).filter((query) => query.task === task);
  const all = [...(current ? [current] : []), ...lines.map((line) => queryOfText(task, line)), ...sampled];
  const seen = new Map(all.toReversed().map((query) => [textOfQuery(query), query]));
  return [...seen.values()].toReversed().slice(0, MOST_QUERIES);
}

/** A search as the page would make it, but under a setting. */
export function requestUnder(setting: Setting, request: SearchRequest): SearchRequest {
  const { diversity: _, ...plain } = request;
  const { mode, exactness, policy, encoding } = setting;
  return {
    ...plain,
    mode,
    exactness,
    policy,
    ...(encoding === "model" ? { instruction: request.query.task } : {}),
  };
}
