import type { Prefixes, Side, TaskId } from "../contract/index.ts";
import { TASKS } from "./registry.ts";

/** What stands in front of a text under a task, for a model that wants these prefixes. */
export function instructionOf(prefixes: Prefixes, task: TaskId, side: Side): string {
  return prefixes === "tasks" ? TASKS[task].instruction[side] : prefixes[side];
}
