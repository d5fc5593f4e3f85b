import type { TaskId } from "../contract/index.ts";

export type Theme = "day" | "night";

/** What hues are drawn on, by theme. The stylesheet repeats these values; a test compares them. */
export const GROUNDS = {
  day: { paper: "#fbf8f0", water: "#e6eff0", land: "#f5ecd4" },
  night: { paper: "#0d1b28", water: "#13283a", land: "#22303a" },
} as const satisfies Record<Theme, Record<"paper" | "water" | "land", string>>;

/** One hue a task, told apart without full colour sight and readable as text on every ground of its theme. */
export const TASK_HUES = {
  day: {
    qa: "#2f38cb",
    convsearch: "#097670",
    chat: "#8a240c",
    lrlm: "#93279a",
    icl: "#766501",
    tool: "#1e553f",
  },
  night: {
    qa: "#95cafb",
    convsearch: "#4ff0cc",
    chat: "#f58249",
    lrlm: "#d983ee",
    icl: "#f0b718",
    tool: "#baee6e",
  },
} as const satisfies Record<Theme, Record<TaskId, string>>;
