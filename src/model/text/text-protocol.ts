import type { ChatMessage, Dtype, ErrorCode } from "../../contract/index.ts";
import type { WrittenText } from "./open-text-model.ts";

/** What the worker of a language model is told: first what it opens, then one question at a time. */
export type ToText =
  | { readonly type: "open"; readonly directory: string; readonly folder: string; readonly dtype: Dtype }
  | { readonly type: "write"; readonly messages: readonly ChatMessage[]; readonly maxTokens: number };

/** What it says: that it is open, pieces of an answer, its end, or what went wrong. */
export type FromText =
  | { readonly type: "opened" }
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "written"; readonly written: WrittenText }
  | { readonly type: "failed"; readonly code: ErrorCode; readonly message: string };
