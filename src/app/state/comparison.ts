import {
  KIND_OF_TASK,
  queryOfText,
  textOfQuery,
  type Collection,
  type EngineStatus,
  type Exactness,
  type ModelChoice,
  type ModelEntry,
  type Policy,
  type SearchMode,
  type SearchRequest,
  type SearchResult,
  type TaskId,
  type TaskQuery,
} from "../../contract/index.ts";
import type { Judgements } from "./judgements.ts";
import { currentQuery } from "./query.ts";
import { hasSample, selectSample } from "./select.ts";
import type { AppState } from "./store.ts";

/** One way to search, as far as two are compared. */
export interface Setting {
  readonly mode: SearchMode;
  readonly exactness: Exactness;
  readonly policy: Policy;
  /** What the collection has learned may be used; without, the model alone encodes the query. */
  readonly encoding: "learned" | "model";
  /** Whether the task's instruction stands before the query. */
  readonly prefix: "with" | "without";
  /** null: the model that is open. */
  readonly model: ModelChoice | null;
  /** null: what the page searches. Another one may hold the same texts cut otherwise. */
  readonly collectionId: number | null;
}

/** One query's two answers. */
export interface Compared {
  readonly query: TaskQuery;
  readonly left: SearchResult;
  readonly right: SearchResult;
  /** The hits of both sides by the left side's passages; of another cut, by the place in the text. */
  readonly ids: { readonly left: readonly number[]; readonly right: readonly number[] };
  /** nDCG@10 by what the person marked for this query; null where nothing is marked right. */
  readonly ndcg: Measured | null;
  /** nDCG@10 by the judgements that were brought; null where they do not have this query. */
  readonly judged: Measured | null;
}

/** A measure of both sides, 0 to 1. */
export interface Measured {
  readonly left: number;
  readonly right: number;
}

/** Two settings and what they found for the same queries. */
export interface Comparison {
  readonly left: Setting;
  readonly right: Setting;
  /** Queries of the person's own, one a line, besides the one on the page and the sample's. */
  readonly lines: string;
  /** Judgements that were brought; their queries are asked as well. */
  readonly judgements: Judgements | null;
  readonly phase: "idle" | "searching" | "ready";
  /** Whose queries `pairs` answers. */
  readonly task: TaskId | null;
  readonly pairs: readonly Compared[];
}

const USUAL: Setting = {
  mode: "semantic",
  exactness: "exact",
  policy: "use",
  encoding: "learned",
  prefix: "with",
  model: null,
  collectionId: null,
};

export const initialComparison: Comparison = {
  left: USUAL,
  right: { ...USUAL, mode: "keywords" },
  lines: "",
  judgements: null,
  phase: "idle",
  task: null,
  pairs: [],
};

/** Whether what one found is what the other would: the same settings and judgements. Its own queries each pair names. */
export function isComparedAlike(one: Comparison, other: Comparison): boolean {
  const asked = ({ left, right, judgements }: Comparison) => JSON.stringify([left, right, judgements]);
  return asked(one) === asked(other);
}

/** As many queries as are asked at once, besides the judged ones. */
const MOST_QUERIES = 20;

/** The query on the page, the person's own lines, the judged queries and those of a sample that is here, each once. */
export function comparedQueries(state: AppState, task: TaskId): readonly TaskQuery[] {
  const current = currentQuery(state, task);
  const lines = state.pictures.comparison.lines.split("\n").filter((line) => line.trim() !== "");
  const sample = hasSample(state, task) ? selectSample(state, task) : undefined;
  const sampled = (sample?.queries ?? []).filter((query) => query.task === task);
  const judged = state.pictures.comparison.judgements?.queries ?? [];
  const all = [
    ...(current ? [current] : []),
    ...[...lines, ...judged.map(({ text }) => text)].map((text) => queryOfText(task, text)),
    ...sampled,
  ];
  const seen = new Map<string, TaskQuery>();
  for (const query of all) if (!seen.has(textOfQuery(query))) seen.set(textOfQuery(query), query);
  return [...seen.values()].slice(0, MOST_QUERIES + judged.length);
}

/** A search as the page would make it, but under a setting. */
export function requestUnder(setting: Setting, request: SearchRequest): SearchRequest {
  const { diversity: _, filter, ...plain } = request;
  const { mode, exactness, policy, encoding, prefix, collectionId } = setting;
  const isElsewhere = collectionId !== null && !request.collectionIds.includes(collectionId);
  return {
    ...plain,
    ...(filter && !isElsewhere ? { filter } : {}),
    ...(collectionId === null ? {} : { collectionIds: [collectionId] }),
    mode,
    exactness,
    policy,
    ...(prefix === "without"
      ? { instruction: "none" }
      : encoding === "model"
        ? { instruction: request.query.task }
        : {}),
  };
}

/** The model that is open, as one would choose it; null while none is. */
export function openChoice(status: EngineStatus | null): ModelChoice | null {
  return status === null || status.model.dim === 0
    ? null
    : { modelId: status.model.id, dtype: status.device.dtype };
}

/** Every model and precision on this device that gives vectors, under the name it is shown by. */
export function comparedModels(
  entries: readonly ModelEntry[] | null,
): readonly (ModelChoice & { readonly name: string })[] {
  return (entries ?? []).flatMap(({ id, name, architecture, variants }) =>
    architecture === "none"
      ? []
      : variants.map(({ dtype }) => ({ modelId: id, dtype, name: `${name}, ${dtype}` })),
  );
}

/** Collections that a task could search in the place of the one on the page. */
export function comparedCollections(
  { corpus }: Pick<AppState, "corpus">,
  task: TaskId,
): readonly Collection[] {
  return corpus.collections.filter(({ kind, passages }) => kind === KIND_OF_TASK[task] && passages > 0);
}
