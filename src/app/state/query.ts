import {
  KIND_OF_TASK,
  type Fusion,
  type Policy,
  type SearchFilter,
  type SearchMode,
  type Source,
  type TaskId,
  type TaskInputs,
  type TaskQuery,
} from "../../contract/index.ts";
import { collectionOf } from "./corpus.ts";
import { listKey, rowOf, type ListScope } from "./passages.ts";
import { filterOf, narrowingOf } from "./refine.ts";
import type { SliceContext } from "./slice.ts";
import type { AppState } from "./store.ts";
import type { View } from "./url.ts";
import { shell } from "../words/en/shell.ts";
import { wordsOf } from "../words/words.ts";

/** What a person has written, task by task. lrlm has a place as well, and its draft may stay empty. */
export type Drafts = TaskInputs;

export interface QueryState {
  readonly task: TaskId;
  readonly mode: SearchMode;
  readonly fusion: Fusion;
  readonly policy: Policy;
  readonly drafts: Drafts;
  /** convsearch: what is embedded in the place of turns and question, until one of them changes. */
  readonly embedded: string | null;
  /** lrlm: the long text that is read and the chunk that would come next. */
  readonly sourceId: number | null;
  readonly cursor: number;
}

export const initialQuery: QueryState = {
  task: "qa",
  mode: "hybrid",
  fusion: "convex",
  policy: "use",
  drafts: {
    qa: { question: "" },
    convsearch: { turns: [], question: "" },
    chat: { utterance: "" },
    lrlm: { chunk: "" },
    icl: { input: "" },
    tool: { request: "" },
  },
  embedded: null,
  sourceId: null,
  cursor: 0,
};

export interface QueryActions {
  setTask(task: TaskId): void;
  setMode(mode: SearchMode): void;
  setFusion(fusion: Fusion): void;
  setPolicy(policy: Policy): void;
  /** Keeps the draft and searches once typing pauses. */
  type<T extends keyof Drafts>(task: T, draft: Drafts[T]): void;
  /** convsearch: embeds this text instead; null goes back to turns and question. */
  embed(text: string | null): void;
  /** convsearch: leaves these of the turns; those that were taken out can be put back. */
  dropTurns(turns: readonly string[]): void;
  /** Searches at once. */
  submit(): void;
  /** Takes over a whole query, such as a sample's. */
  use(query: TaskQuery): void;
  setCursor(sourceId: number, cursor: number): void;
  /** Puts the cursor into a long text that is still there; at its end where it stood in none. */
  holdCursor(): void;
  show(view: View): void;
}

const TYPING_PAUSE_MS = 160;

/** Chunks before the cursor that the model still has in view: the window of the original, 2,048 tokens. */
const RECENT_CHUNKS = 16;

/** The long texts of lrlm. */
export function longTexts({ corpus }: AppState): readonly Source[] {
  const collection = collectionOf(corpus, KIND_OF_TASK.lrlm);
  return (collection && corpus.sourcesByCollection[collection.id]) ?? [];
}

/** The passages of the long text that is read, or null while there is none. */
export function longTextScope({ corpus, query }: AppState): ListScope | null {
  const collection = collectionOf(corpus, KIND_OF_TASK.lrlm);
  if (!collection || query.sourceId === null) return null;
  return { collectionId: collection.id, sourceId: query.sourceId };
}

/** Rows of the long text that a search at the cursor reads. */
export function rowsAtCursor({ query }: AppState): readonly number[] {
  return [Math.max(0, query.cursor - RECENT_CHUNKS), Math.max(0, query.cursor - 1)];
}

/** What is asked now under a task, or null while there is nothing to ask. */
export function currentQuery(state: AppState, task: TaskId): TaskQuery | null {
  const { drafts } = state.query;
  switch (task) {
    case "qa":
      return drafts.qa.question.trim() === "" ? null : { task, ...drafts.qa };
    case "convsearch":
      return drafts.convsearch.question.trim() === "" ? null : { task, ...drafts.convsearch };
    case "chat":
      return drafts.chat.utterance.trim() === "" ? null : { task, ...drafts.chat };
    case "lrlm": {
      const chunk = hasOwnChunk(state) ? drafts.lrlm.chunk : chunkAt(state, state.query.cursor - 1);
      return chunk === undefined ? null : { task, chunk };
    }
    case "icl":
      return drafts.icl.input.trim() === "" ? null : { task, ...drafts.icl };
    case "tool":
      return drafts.tool.request.trim() === "" ? null : { task, ...drafts.tool };
    default:
      return task satisfies never;
  }
}

/** How is searched: as chosen, but by words only while the model has no vectors. */
export function modeInUse({ query, model }: Pick<AppState, "query" | "model">): SearchMode {
  return model.status?.model.dim === 0 ? "keywords" : query.mode;
}

/** lrlm: whether the query is what the person wrote at the cursor, rather than the chunk before it. */
export function hasOwnChunk({ query }: Pick<AppState, "query">): boolean {
  return query.drafts.lrlm.chunk.trim() !== "";
}

/** What a search is narrowed to; lrlm looks into its own text only, at chunks that end before the query chunk. */
export function currentFilter(state: AppState, task: TaskId): SearchFilter | undefined {
  const narrowing = narrowingOf(state, KIND_OF_TASK[task]);
  if (task !== "lrlm") return filterOf(narrowing);
  const { sourceId, cursor } = state.query;
  if (sourceId === null) return undefined;
  const queryOrdinal = hasOwnChunk(state) ? cursor : cursor - 1;
  return {
    sourceIds: [sourceId],
    beforeOrdinal: Math.max(0, queryOrdinal - 1),
    ...(narrowing.region === null ? {} : { passageIds: narrowing.region.passageIds }),
  };
}

/** lrlm: the text just before the cursor. */
export function recentText(state: AppState): string {
  const first = Math.max(0, state.query.cursor - RECENT_CHUNKS);
  const ordinals = Array.from({ length: state.query.cursor - first }, (_, i) => first + i);
  const own = hasOwnChunk(state) ? state.query.drafts.lrlm.chunk : "";
  return [...ordinals.map((ordinal) => chunkAt(state, ordinal) ?? ""), own].join("");
}

function chunkAt(state: AppState, ordinal: number): string | undefined {
  const scope = longTextScope(state);
  return scope === null || ordinal < 0
    ? undefined
    : rowOf(state.passages.lists[listKey(scope)], ordinal)?.text;
}

export function createQueryActions(context: SliceContext): QueryActions {
  const { read, write } = context;
  let pause: ReturnType<typeof setTimeout> | undefined;

  const searchNow = (): void => {
    clearTimeout(pause);
    void context.actions.results.search(read().query.task);
  };
  const searchSoon = (): void => {
    clearTimeout(pause);
    pause = setTimeout(searchNow, TYPING_PAUSE_MS);
  };

  const actions: QueryActions = {
    setTask(task) {
      if (read().query.task === task) return;
      write("query", { task });
      searchNow();
      void context.actions.corpus.indexOrOffer(task);
    },
    setMode(mode) {
      write("query", { mode });
      searchNow();
    },
    setFusion(fusion) {
      write("query", { fusion });
      searchNow();
    },
    setPolicy(policy) {
      write("query", { policy });
      searchNow();
      void context.actions.corpus.indexOrOffer(read().query.task);
    },
    type(task, draft) {
      write("query", { drafts: { ...read().query.drafts, [task]: draft }, embedded: null });
      searchSoon();
    },
    dropTurns(turns) {
      const { turns: former } = read().query.drafts.convsearch;
      const put = (those: readonly string[]): void =>
        actions.type("convsearch", { ...read().query.drafts.convsearch, turns: those });
      put(turns);
      if (former.some((turn) => turn.trim() !== ""))
        context.actions.undo.offer(wordsOf("shell", shell).turnsGone(former.length - turns.length), () =>
          put(former),
        );
    },
    embed(embedded) {
      write("query", { embedded });
      searchSoon();
    },
    submit: searchNow,
    use(query) {
      const { task, ...draft } = query;
      write("query", { drafts: { ...read().query.drafts, [task]: draft }, embedded: null });
      searchNow();
    },
    setCursor(sourceId, cursor) {
      write("query", { sourceId, cursor });
      searchSoon();
    },
    holdCursor() {
      const texts = longTexts(read());
      const { sourceId, cursor } = read().query;
      const text = texts.find(({ id }) => id === sourceId);
      const first = texts[0];
      if (text) write("query", { cursor: Math.min(cursor, text.total) });
      else if (first) write("query", { sourceId: first.id, cursor: first.total });
      else write("query", { sourceId: null, cursor: 0 });
    },
    show({ spec, state }) {
      const changed = spec.task !== read().query.task;
      write("query", { ...spec, ...state });
      searchNow();
      if (changed) void context.actions.corpus.indexOrOffer(spec.task);
    },
  };
  return actions;
}
