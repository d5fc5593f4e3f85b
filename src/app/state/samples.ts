import type { TaskId, TaskQuery } from "../../contract/index.ts";

/** Real material for one task, served from the app's own origin, with queries that it answers. */
export interface Sample {
  readonly task: TaskId;
  readonly title: string;
  readonly licence: string;
  readonly files: readonly { readonly name: string; readonly path: string }[];
  readonly queries: readonly TaskQuery[];
}
