import {
  type Hit,
  type Passage,
  type PassageTimes,
  type SearchResult,
  type StoredVectors,
  type TaskId,
} from "../../contract/index.ts";
import { initialComparison, isComparedAlike, type Comparison, type Setting } from "./comparison.ts";
import type { Judgements } from "./judgements.ts";
import type { SliceContext } from "./slice.ts";
import type { AppState } from "./store.ts";

/** What can be drawn of an answer. */
export const PICTURES = ["limb", "six-way", "map", "compare"] as const;
export type Picture = (typeof PICTURES)[number];

/** One query under one task's instruction, or under none. */
export interface Way {
  readonly instruction: TaskId | "none";
  readonly result: SearchResult;
}

/** The six-way view's answers; `of` is the result for whose query they were asked. */
export interface SixWays {
  readonly phase: "idle" | "searching" | "ready";
  readonly of: SearchResult | null;
  readonly ways: readonly Way[];
}

/** What a question finds with ever more of its turns; `of` is the result with all of them. */
export interface ByTurns {
  readonly of: SearchResult | null;
  readonly steps: readonly { readonly turns: number; readonly result: SearchResult }[];
}

/** What the points of a map are coloured by. */
export const MAP_COLOURS = ["source", "task", "date", "score", "plain"] as const;
export type MapColour = (typeof MAP_COLOURS)[number];

/** The part of a map that is looked at: its middle in the map's own units, and how many times closer than all of it. */
export interface Seen {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** A map as JSON: what is shown, and what the person did there. What was chosen on it is a `Region` of the search. */
export interface MapPicture {
  readonly spec: { readonly colour: MapColour };
  readonly state: { readonly seen: { readonly [T in TaskId]?: Seen } };
}

export interface PicturesState {
  /** The picture above the hits. */
  readonly picture: Picture;
  /** Where the index arm was put: hits beyond it stay out of the prompt. No entry: at the end, everything is in. Units: degrees. */
  readonly cuts: { readonly [T in TaskId]?: number };
  readonly map: MapPicture;
  readonly sixWays: SixWays;
  readonly comparison: Comparison;
  readonly byTurns: ByTurns;
}

export const NO_WAYS: SixWays = { phase: "idle", of: null, ways: [] };

export const initialPictures: PicturesState = {
  picture: "limb",
  cuts: {},
  map: { spec: { colour: "source" }, state: { seen: {} } },
  sixWays: NO_WAYS,
  comparison: initialComparison,
  byTurns: { of: null, steps: [] },
};

/** What pictures ask of the engine. */
export interface PictureAsks {
  /** Asks the task's query under every instruction, unless that is done already. */
  askSixWays(task: TaskId): Promise<void>;
  /** convsearch: asks the question with none, one, two… of its turns, unless that is done already. */
  askByTurns(): Promise<void>;
  /** Tokens of each text for the model in use; undefined when they cannot be counted. */
  countTokens(texts: readonly string[]): Promise<readonly number[] | undefined>;
  /** Reads the stored vectors of the task's collection, or of one source of it; undefined when that failed. */
  readVectors(task: TaskId, sourceId?: number): Promise<StoredVectors | undefined>;
  /** The vectors of a task's query as it stands, under each of these instructions; undefined when they cannot be had. */
  embedQuery(task: TaskId, under: readonly TaskId[]): Promise<readonly Float32Array[] | undefined>;
  readPassages(passageIds: readonly number[]): Promise<readonly Passage[] | undefined>;
  /** When the passages of the task's collection are from. */
  passageTimes(task: TaskId): Promise<PassageTimes | undefined>;
  /** Asks the same queries under both settings. */
  compare(task: TaskId): Promise<void>;
  /** Takes judgements and their queries for the comparison; whether they could be read. */
  judge(files: readonly { readonly name: string; readonly content: Blob | string }[]): Promise<boolean>;
}

export interface PicturesActions extends PictureAsks {
  show(picture: Picture): void;
  /** Moves the index arm; null puts it back to the end. */
  cut(task: TaskId, degrees: number | null): void;
  colourMap(colour: MapColour): void;
  /** Keeps which part of a task's map is looked at; null is all of it. */
  seeMap(task: TaskId, seen: Seen | null): void;
  /** Changes what is compared; `queries` are lines of text. */
  compareWith(patch: {
    readonly left?: Partial<Setting>;
    readonly right?: Partial<Setting>;
    readonly lines?: string;
    readonly judgements?: Judgements | null;
  }): void;
}

/** The prompt follows the arm once it has stopped. */
const ARM_PAUSE_MS = 120;

/** The cut-off in use: only where there are angles. */
export function cutOf(
  { pictures, model }: Pick<AppState, "pictures" | "model">,
  task: TaskId,
): number | null {
  return model.status?.model.similarity === "cosine" ? (pictures.cuts[task] ?? null) : null;
}

/** Whether a hit stands beyond the cut-off. One that was found by words alone has no angle and never does. */
export function isBeyond({ semantic }: Hit, cut: number | null): boolean {
  return cut !== null && semantic !== null && semantic.raw < Math.cos((cut * Math.PI) / 180);
}

/** Puts a task's own value into a record; null takes it out. */
function withTask<T>(all: { readonly [K in TaskId]?: T }, task: TaskId, value: T | null) {
  const { [task]: _, ...others } = all;
  return value === null ? others : { ...others, [task]: value };
}

export function createPicturesActions(context: SliceContext): PicturesActions {
  const { read, write } = context;
  const pauses = new Map<TaskId, ReturnType<typeof setTimeout>>();
  let asking: Promise<PictureAsks> | undefined;
  const load = async (): Promise<PictureAsks> => {
    try {
      return (await import("./picture-asks.ts")).createPictureAsks(context);
    } catch (error) {
      asking = undefined;
      throw error;
    }
  };
  const asks = () => (asking ??= load());

  return {
    show(picture) {
      write("pictures", { picture });
    },
    colourMap(colour) {
      write("pictures", { map: { ...read().pictures.map, spec: { colour } } });
    },
    seeMap(task, seen) {
      const { spec, state } = read().pictures.map;
      write("pictures", { map: { spec, state: { seen: withTask(state.seen, task, seen) } } });
    },
    cut(task, degrees) {
      write("pictures", { cuts: withTask(read().pictures.cuts, task, degrees) });
      clearTimeout(pauses.get(task));
      pauses.set(
        task,
        setTimeout(() => void context.actions.prompt.assemble(task), ARM_PAUSE_MS),
      );
    },
    askSixWays: async (task) => (await asks()).askSixWays(task),
    askByTurns: async () => (await asks()).askByTurns(),
    countTokens: async (texts) => (await asks()).countTokens(texts),
    readVectors: async (task, sourceId) => (await asks()).readVectors(task, sourceId),
    embedQuery: async (task, under) => (await asks()).embedQuery(task, under),
    readPassages: async (passageIds) => (await asks()).readPassages(passageIds),
    passageTimes: async (task) => (await asks()).passageTimes(task),
    compare: async (task) => (await asks()).compare(task),
    judge: async (files) => (await asks()).judge(files),
    compareWith({ left, right, lines, judgements }) {
      const before = read().pictures.comparison;
      const next: Comparison = {
        ...before,
        left: { ...before.left, ...left },
        right: { ...before.right, ...right },
        lines: lines ?? before.lines,
        judgements: judgements === undefined ? before.judgements : judgements,
      };
      const isStale = before.phase === "ready" && !isComparedAlike(before, next);
      write("pictures", { comparison: isStale ? { ...next, phase: "idle", pairs: [] } : next });
    },
  };
}
