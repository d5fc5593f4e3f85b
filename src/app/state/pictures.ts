import { createLatest } from "../../base/latest.ts";
import { TASK_IDS, type Hit, type SearchResult, type TaskId } from "../../contract/index.ts";
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
import type { SliceContext } from "./slice.ts";
import type { AppState } from "./store.ts";

/** What can be drawn of an answer. */
export const PICTURES = ["limb", "six-way", "compare"] as const;
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

export interface PicturesState {
  /** The picture above the hits. */
  readonly picture: Picture;
  /** Where the index arm was put: hits beyond it stay out of the prompt. No entry: at the end, everything is in. Units: degrees. */
  readonly cuts: { readonly [T in TaskId]?: number };
  readonly sixWays: SixWays;
  readonly comparison: Comparison;
}

const NO_WAYS: SixWays = { phase: "idle", of: null, ways: [] };

export const initialPictures: PicturesState = {
  picture: "limb",
  cuts: {},
  sixWays: NO_WAYS,
  comparison: initialComparison,
};

export interface PicturesActions {
  show(picture: Picture): void;
  /** Moves the index arm; null puts it back to the end. */
  cut(task: TaskId, degrees: number | null): void;
  /** Asks the task's query under every instruction, unless that is done already. */
  askSixWays(task: TaskId): Promise<void>;
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

export function createPicturesActions(context: SliceContext): PicturesActions {
  const { engine, read, write } = context;
  const pauses = new Map<TaskId, ReturnType<typeof setTimeout>>();
  const [newestWays, newestPairs] = [createLatest(), createLatest()];
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
