import type { TaskId } from "../../contract/index.ts";
import type { TextTemplate } from "../template.ts";
import { chat } from "./chat.ts";
import { convsearch } from "./convsearch.ts";
import { icl } from "./icl.ts";
import { lrlm } from "./lrlm.ts";
import { qa } from "./qa.ts";
import { tool } from "./tool.ts";

/** Prompts as the paper and its code have them. */
export const PAPER: { readonly [T in TaskId]: TextTemplate<T> } = {
  qa,
  convsearch,
  chat,
  lrlm,
  icl,
  tool,
};
