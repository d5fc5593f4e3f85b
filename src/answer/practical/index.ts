import type { TaskId } from "../../contract/index.ts";
import type { MessageTemplate } from "../template.ts";
import { chat } from "./chat.ts";
import { convsearch } from "./convsearch.ts";
import { icl } from "./icl.ts";
import { lrlm } from "./lrlm.ts";
import { qa } from "./qa.ts";
import { tool } from "./tool.ts";

/** Prompts for today's chat models: not the paper's. */
export const PRACTICAL: { readonly [T in TaskId]: MessageTemplate<T> } = {
  qa,
  convsearch,
  chat,
  lrlm,
  icl,
  tool,
};
