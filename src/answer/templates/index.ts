import type { TaskId } from "../../contract/index.ts";
import type { PromptTemplate } from "../template.ts";
import { chat } from "./chat.ts";
import { convsearch } from "./convsearch.ts";
import { icl } from "./icl.ts";
import { lrlm } from "./lrlm.ts";
import { qa } from "./qa.ts";
import { tool } from "./tool.ts";

export const TEMPLATES: { readonly [T in TaskId]: PromptTemplate<T> } = {
  qa,
  convsearch,
  chat,
  lrlm,
  icl,
  tool,
};
