import {
  KIND_OF_TASK,
  type Collection,
  type Exactness,
  type Kind,
  type SearchFilter,
  type TaskId,
} from "../../contract/index.ts";
import { collectionOf } from "./corpus.ts";
import type { SliceContext } from "./slice.ts";
import type { AppState } from "./store.ts";

/** Passages that were chosen on the map of a collection. */
export interface Region {
  readonly collectionId: number;
  readonly passageIds: readonly number[];
  /** What it is called on the map; empty for what a line was drawn around. */
  readonly name: string;
}

/** What a search of one kind of material is narrowed to and widened by. */
export interface Narrowing {
  /** Searched besides the collection that is worked on. */
  readonly alsoIn: readonly number[];
  /** Only these sources; all when there is none. */
  readonly sourceIds: readonly number[];
  /** Only sources that have any of these; all when there is none. */
  readonly tags: readonly string[];
  /** Only from this day on, and up to that one, as `2026-01-31`; empty for no bound. */
  readonly fromDay: string;
  readonly untilDay: string;
  /** Only what stands there on the map; null for all of it. */
  readonly region: Region | null;
}

export const NOT_NARROWED: Narrowing = {
  alsoIn: [],
  sourceIds: [],
  tags: [],
  fromDay: "",
  untilDay: "",
  region: null,
};

export const EXACTNESSES = ["exact", "fast"] as const satisfies readonly Exactness[];

/** How is searched beyond what the address says. */
export interface RefineState {
  readonly exactness: Exactness;
  readonly fewerDuplicates: boolean;
  readonly narrowings: Partial<Readonly<Record<Kind, Narrowing>>>;
}

export interface RefineActions {
  setExactness(exactness: Exactness): void;
  setFewerDuplicates(wanted: boolean): void;
  narrow(kind: Kind, patch: Partial<Narrowing>): void;
}

/** How much a hit is put back for being like a better one: near-duplicates go, different hits keep their order. */
export const DIVERSITY = 0.3;

const EXACTNESS = "sextant.exactness";
const DUPLICATES = "sextant.duplicates";
/** Names of what a person chose about every search. */
export const REFINE_PREFERENCES = [EXACTNESS, DUPLICATES] as const;

/** How a search was refined last on this device. */
export function storedRefine(readPreference: (name: string) => string | null): RefineState {
  const exactness = EXACTNESSES.find((one) => one === readPreference(EXACTNESS)) ?? "exact";
  return { exactness, fewerDuplicates: readPreference(DUPLICATES) === "fewer", narrowings: {} };
}

/** The narrowing of the task's material, without what is gone meanwhile. */
export function narrowingOf({ refine, corpus }: Pick<AppState, "refine" | "corpus">, kind: Kind): Narrowing {
  const { alsoIn, sourceIds, tags, region, ...days } = refine.narrowings[kind] ?? NOT_NARROWED;
  const main = collectionOf(corpus, kind);
  const also = corpus.collections.filter(
    (one) => one.kind === kind && one.id !== main?.id && alsoIn.includes(one.id),
  );
  const sources = [...(main ? [main] : []), ...also].flatMap(
    ({ id }) => corpus.sourcesByCollection[id] ?? [],
  );
  return {
    alsoIn: also.map(({ id }) => id),
    sourceIds: sources.map(({ id }) => id).filter((id) => sourceIds.includes(id)),
    tags: tags.filter((tag) => sources.some((source) => source.tags.includes(tag))),
    ...days,
    region: region !== null && region.collectionId === main?.id ? region : null,
  };
}

/** What the engine is told to leave out; undefined where everything is searched. */
export function filterOf(narrowing: Narrowing): SearchFilter | undefined {
  const { sourceIds, tags, fromDay, untilDay, region } = narrowing;
  const fromMs = startOfDay(fromDay);
  const untilMs = startOfDay(untilDay, 1);
  const filter: SearchFilter = {
    ...(sourceIds.length === 0 ? {} : { sourceIds }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(region === null ? {} : { passageIds: region.passageIds }),
    ...(fromMs === null ? {} : { fromMs }),
    ...(untilMs === null ? {} : { untilMs }),
  };
  return Object.keys(filter).length === 0 ? undefined : filter;
}

/** Midnight of a day where the person is, or of a later one; null for what is no day. */
function startOfDay(day: string, daysLater = 0): number | null {
  const [year, month, date] = day.split("-").map(Number);
  if (year === undefined || month === undefined || date === undefined) return null;
  const ms = new Date(year, month - 1, date + daysLater).getTime();
  return Number.isNaN(ms) ? null : ms;
}

/** The collections that a search under the task looks into, the one that is worked on first. */
export function searchedCollections(
  state: Pick<AppState, "refine" | "corpus">,
  task: TaskId,
): readonly Collection[] {
  const kind = KIND_OF_TASK[task];
  const main = collectionOf(state.corpus, kind);
  if (!main) return [];
  const { alsoIn } = narrowingOf(state, kind);
  return [main, ...state.corpus.collections.filter(({ id }) => alsoIn.includes(id))];
}

export function createRefineActions(context: SliceContext): RefineActions {
  const { read, write, environment } = context;
  const searchAgain = (): void => void context.actions.results.search(read().query.task);
  return {
    setExactness(exactness) {
      environment.writePreference(EXACTNESS, exactness);
      write("refine", { exactness });
      searchAgain();
    },
    setFewerDuplicates(wanted) {
      environment.writePreference(DUPLICATES, wanted ? "fewer" : "as they come");
      write("refine", { fewerDuplicates: wanted });
      searchAgain();
    },
    narrow(kind, patch) {
      const { narrowings } = read().refine;
      const narrowing = { ...NOT_NARROWED, ...narrowings[kind], ...patch };
      write("refine", { narrowings: { ...narrowings, [kind]: narrowing } });
      searchAgain();
    },
  };
}
