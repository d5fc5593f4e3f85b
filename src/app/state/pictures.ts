import { TASK_IDS, type Hit, type TaskId } from "../../contract/index.ts";
import type { SliceContext } from "./slice.ts";
import type { AppState } from "./store.ts";

/** What can be drawn of an answer. */
export const PICTURES = ["limb", "six-way", "map", "compare"] as const;
export type Picture = (typeof PICTURES)[number];

export interface PicturesState {
  /** The picture above the hits. */
  readonly picture: Picture;
  /** Where the index arm was put: hits beyond it stay out of the prompt. No entry: at the end, everything is in. Units: degrees. */
  readonly cuts: { readonly [T in TaskId]?: number };
}

export const initialPictures: PicturesState = { picture: "limb", cuts: {} };

export interface PicturesActions {
  show(picture: Picture): void;
  /** Moves the index arm; null puts it back to the end. */
  cut(task: TaskId, degrees: number | null): void;
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

export function createPicturesActions(context: SliceContext): PicturesActions {
  const { read, write } = context;
  const pauses = new Map<TaskId, ReturnType<typeof setTimeout>>();
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
  };
}
