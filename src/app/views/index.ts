import { lazy, type ComponentType } from "react";
import type { TaskId } from "../../contract/index.ts";

/** The workbench of each task, loaded when it is first shown; a task without one does not compile. */
export const VIEWS = {
  qa: lazy(async () => ({ default: (await import("./qa/View.tsx")).QaView })),
  convsearch: lazy(async () => ({ default: (await import("./convsearch/View.tsx")).ConvsearchView })),
  chat: lazy(async () => ({ default: (await import("./chat/View.tsx")).ChatView })),
  lrlm: lazy(async () => ({ default: (await import("./lrlm/View.tsx")).LrlmView })),
  icl: lazy(async () => ({ default: (await import("./icl/View.tsx")).IclView })),
  tool: lazy(async () => ({ default: (await import("./tool/View.tsx")).ToolView })),
} as const satisfies Record<TaskId, ComponentType>;
