import { createLatest } from "../../base/latest.ts";
import {
  TASK_IDS,
  type Hit,
  type SearchResult,
  type StoredVectors,
  type TaskId,
} from "../../contract/index.ts";
import { pictures as english } from "../words/en/pictures.ts";
import { wordsOf } from "../words/words.ts";
import {
  comparedQueries,
  initialComparison,
  requestUnder,
  type Compared,
  type Comparison,
  type Setting,
} from "./comparison.ts";
import { searchRequest } from "./results.ts";
import { selectCollection } from "./select.ts";
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

export interface PicturesState {
  /** The picture above the hits. */
  readonly picture: Picture;
  /** Where the index arm was put: hits beyond it stay out of the prompt. No entry: at the end, everything is in. Units: degrees. */
  readonly cuts: { readonly [T in TaskId]?: number };
  readonly sixWays: SixWays;
  readonly comparison: Comparison;
  readonly byTurns: ByTurns;
}

const NO_WAYS: SixWays = { phase: "idle", of: null, ways: [] };

export const initialPictures: PicturesState = {
  picture: "limb",
  cuts: {},
  sixWays: NO_WAYS,
  comparison: initialComparison,
  byTurns: { of: null, steps: [] },
};

export interface PicturesActions {
  show(picture: Picture): void;
  /** Moves the index arm; null puts it back to the end. */
  cut(task: TaskId, degrees: number | null): void;
  /** Asks the task's query under every instruction, unless that is done already. */
  askSixWays(task: TaskId): Promise<void>;
  /** convsearch: asks the question with none, one, two… of its turns, unless that is done already. */
  askByTurns(): Promise<void>;
  /** Tokens of each text for the model in use; undefined when they cannot be counted. */
  countTokens(texts: readonly string[]): Promise<readonly number[] | undefined>;
  /** Reads the stored vectors of the task's collection, or of one source of it; undefined when that failed. */
  readVectors(task: TaskId, sourceId?: number): Promise<StoredVectors | undefined>;
  /** The vector of a task's query as it stands; undefined when it cannot be had. */
  embedQuery(task: TaskId): Promise<Float32Array | undefined>;
  /** Changes what is compared; `queries` are lines of text. */
  compareWith(patch: {
    readonly left?: Partial<Setting>;
    readonly right?: Partial<Setting>;
    readonly lines?: string;
  }): void;
  /** Asks the same queries under both settings. */
  compare(task: TaskId): Promise<void>;
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

/** A task's own instruction first, then the others, then none. */
export function waysFrom(task: TaskId): readonly Way["instruction"][] {
  return [task, ...TASK_IDS.filter((id) => id !== task), "none"];
}

/** From none to all kept turns, two at a time since a question comes with its answer; six steps at the most. */
export function turnSteps(kept: number): readonly number[] {
  const stride = 2 * Math.max(1, Math.ceil(kept / 2 / 5));
  const steps = Array.from({ length: Math.ceil(kept / stride) }, (_, i) => i * stride);
  return [...steps, kept];
}

export function createPicturesActions(context: SliceContext): PicturesActions {
  const { engine, read, write } = context;
  const pauses = new Map<TaskId, ReturnType<typeof setTimeout>>();
  const [newestWays, newestPairs, newestTurns] = [createLatest(), createLatest(), createLatest()];
  const said = () => wordsOf("pictures", english);

  return {
    show(picture) {
      write("pictures", { picture });
    },
    cut(task, degrees) {
      const { cuts } = read().pictures;
      const kept = TASK_IDS.filter((id) => id !== task && cuts[id] !== undefined);
      const others = Object.fromEntries(kept.map((id) => [id, cuts[id]]));
      write("pictures", { cuts: degrees === null ? others : { ...others, [task]: degrees } });
      clearTimeout(pauses.get(task));
      pauses.set(
        task,
        setTimeout(() => void context.actions.prompt.assemble(task), ARM_PAUSE_MS),
      );
    },
    async askSixWays(task) {
      const { diversity: _, ...request } = searchRequest(read(), task) ?? {};
      const of = read().results[task].result;
      if (!("query" in request) || of === null || read().pictures.sixWays.of === of) return;
      write("pictures", { sixWays: { ...read().pictures.sixWays, phase: "searching", of } });
      try {
        const ways = await newestWays.run((signal) =>
          Promise.all(
            waysFrom(task).map(async (instruction) => {
              const asked = { ...request, mode: "semantic", exactness: "exact", instruction } as const;
              return { instruction, result: await engine.search(asked, { signal }) };
            }),
          ),
        );
        if (ways) write("pictures", { sixWays: { phase: "ready", of, ways } });
      } catch (error) {
        write("pictures", { sixWays: NO_WAYS });
        context.actions.jobs.fail(said().askingSixWays, error);
      }
    },
    async askByTurns() {
      const request = searchRequest(read(), "convsearch");
      const of = read().results.convsearch.result;
      if (!request || request.query.task !== "convsearch" || of === null) return;
      if (read().pictures.byTurns.of === of) return;
      const { turns, question } = request.query;
      const kept = of.query.turnsKept;
      try {
        const steps = await newestTurns.run((signal) =>
          Promise.all(
            turnSteps(kept).map(async (count) => {
              const query = {
                task: "convsearch",
                turns: turns.slice(turns.length - count),
                question,
              } as const;
              return { turns: count, result: await engine.search({ ...request, query }, { signal }) };
            }),
          ),
        );
        if (steps) write("pictures", { byTurns: { of, steps } });
      } catch (error) {
        context.actions.jobs.fail(said().askingByTurns, error);
      }
    },
    async countTokens(texts) {
      try {
        return await engine.countTokens({ texts });
      } catch (error) {
        context.actions.jobs.fail(said().countingTokens, error);
        return undefined;
      }
    },
    async readVectors(task, sourceId) {
      const collection = selectCollection(read(), task);
      if (!collection) return undefined;
      const { policy } = read().query;
      const request = { collectionId: collection.id, task, policy };
      try {
        return await engine.storedVectors(sourceId === undefined ? request : { ...request, sourceId });
      } catch (error) {
        context.actions.jobs.fail(said().readingVectors, error);
        return undefined;
      }
    },
    async embedQuery(task) {
      const result = read().results[task].result;
      if (result === null) return undefined;
      const { policy } = read().query;
      try {
        const request = { task, side: "query", texts: [result.query.text], policy } as const;
        return (await engine.embed(request)).vectors;
      } catch (error) {
        context.actions.jobs.fail(said().readingVectors, error);
        return undefined;
      }
    },
    compareWith({ left, right, lines }) {
      const before = read().pictures.comparison;
      const comparison = {
        ...before,
        left: { ...before.left, ...left },
        right: { ...before.right, ...right },
        lines: lines ?? before.lines,
      };
      write("pictures", { comparison });
    },
    async compare(task) {
      const { left, right } = read().pictures.comparison;
      const put = (patch: Partial<Comparison>): void =>
        write("pictures", { comparison: { ...read().pictures.comparison, ...patch } });
      put({ phase: "searching" });
      try {
        const pairs = await newestPairs.run(async (signal) => {
          const done: Compared[] = [];
          for (const query of comparedQueries(read(), task)) {
            const request = searchRequest(read(), task);
            if (request === null) continue;
            const ask = (setting: Setting) =>
              engine.search(requestUnder(setting, { ...request, query }), { signal });
            const [one, other] = await Promise.all([ask(left), ask(right)]);
            done.push({ query, left: one, right: other });
          }
          return done;
        });
        if (pairs) put({ phase: "ready", task, pairs });
      } catch (error) {
        put({ phase: "idle", pairs: [] });
        context.actions.jobs.fail(said().comparing, error);
      }
    },
  };
}
