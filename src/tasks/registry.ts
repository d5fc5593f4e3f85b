import { SextantError, type Policy, type Side, type TaskId, type TaskQuery } from "../contract/index.ts";
import { chat } from "./chat.ts";
import { convsearch } from "./convsearch.ts";
import { icl } from "./icl.ts";
import { lrlm } from "./lrlm.ts";
import { qa } from "./qa.ts";
import type { KeySource, QueryDraft, QueryFit, TaskDefinition } from "./task.ts";
import { tool } from "./tool.ts";

export const TASKS: { readonly [T in TaskId]: TaskDefinition<T> } = { qa, convsearch, chat, lrlm, icl, tool };

/** The text of a passage that is embedded under a task, without its instruction. */
export function keyTextOf(task: TaskId, passage: KeySource): string {
  return TASKS[task].keyText(passage);
}

/**
 * The text of a query that is embedded under its task, without its instruction.
 *
 * Throws: `search/empty-query` when there is nothing in it to search for.
 */
export function queryTextOf(query: TaskQuery, fit: QueryFit): QueryDraft {
  switch (query.task) {
    case "qa":
      return qa.queryText({ question: said(query.question) }, fit);
    case "convsearch": {
      const turns = query.turns.map((turn) => turn.toWellFormed());
      return convsearch.queryText({ turns, question: said(query.question) }, fit);
    }
    case "chat":
      return chat.queryText({ utterance: said(query.utterance) }, fit);
    case "lrlm":
      return lrlm.queryText({ chunk: said(query.chunk) }, fit);
    case "icl":
      return icl.queryText({ input: said(query.input) }, fit);
    case "tool":
      return tool.queryText({ request: said(query.request) }, fit);
  }
}

/** Lone surrogates become U+FFFD; a text without a letter, digit, mark or sign is refused. */
function said(text: string): string {
  if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(text))
    throw new SextantError(
      "search/empty-query",
      "There is nothing to search for yet. Type some words first.",
    );
  return text.toWellFormed();
}

/**
 * The most tokens that a text may have, with its instruction, [CLS] and [SEP].
 *
 * Source: `use` is LLM-Embedder's own inference class, `paper` the defaults of its training and evaluation.
 */
export function limitTokens(policy: Policy, side: Side): number {
  return policy === "use" && side === "key" ? 512 : 256;
}
