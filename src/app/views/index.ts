import type { ComponentType } from "react";
import type { TaskId } from "../../contract/index.ts";
import { ChatView } from "./chat/View.tsx";
import { ConvsearchView } from "./convsearch/View.tsx";
import { IclView } from "./icl/View.tsx";
import { LrlmView } from "./lrlm/View.tsx";
import { QaView } from "./qa/View.tsx";
import { ToolView } from "./tool/View.tsx";

/** The workbench of each task; a task without one does not compile. */
export const VIEWS = {
  qa: QaView,
  convsearch: ConvsearchView,
  chat: ChatView,
  lrlm: LrlmView,
  icl: IclView,
  tool: ToolView,
} as const satisfies Record<TaskId, ComponentType>;
