import type { TaskId, TaskQuery } from "./tasks.ts";

/** Real material for one task, served from the app's own origin: an entry of `samples/samples.json`. */
export interface Sample {
  readonly task: TaskId;
  readonly title: string;
  /** One line about what is in it. */
  readonly line: string;
  /** One sentence; samples/NOTICE.md has the whole. */
  readonly licence: string;
  /** `path` is below `samples/`; `name` is what the source is called. */
  readonly files: readonly { readonly name: string; readonly path: string }[];
  readonly queries: readonly TaskQuery[];
  /** A phrase of the passage that must be found first, query by query. */
  readonly expected: readonly string[];
}
