import type { Prompt, TaskQuery } from "../contract/index.ts";
import type { PromptTemplate, RankedPassage, Surroundings } from "./template.ts";
import { TEMPLATES } from "./templates/index.ts";

export interface PromptParts {
  readonly query: TaskQuery;
  /** Best first. */
  readonly ranked: readonly RankedPassage[];
  /** How many passages at the most; default is the task's own. */
  readonly count?: number;
  /** lrlm: the text just before the cursor; default is the query chunk. */
  readonly recent?: string;
  countTokens(text: string): number;
  /** Name of what counts. */
  readonly tokenizer: string;
}

/**
 * Puts passages and query into the task's prompt. Over the budget, a passage that alone is too long goes first, then
 * the worst-ranked ones; the query itself is never cut.
 */
export function assemblePrompt(parts: PromptParts): Prompt {
  const { query, countTokens, tokenizer } = parts;
  const { order, budgetTokens, count, itemText } = TEMPLATES[query.task];
  const wanted = parts.ranked.slice(0, parts.count ?? count);
  const write = (chosen: readonly RankedPassage[]): string =>
    frameQuery(query, inOrder(chosen, order).map(itemText), { recent: parts.recent, countTokens });
  const fits = (chosen: readonly RankedPassage[]): boolean => countTokens(write(chosen)) <= budgetTokens;

  let chosen = wanted;
  if (!fits(wanted)) {
    chosen = wanted.filter((one) => fits([one]));
    while (chosen.length > 0 && !fits(chosen)) chosen = chosen.slice(0, -1);
  }
  const text = write(chosen);
  return {
    text,
    lengthTokens: countTokens(text),
    budgetTokens,
    tokenizer,
    usedIds: inOrder(chosen, order).map(({ passage }) => passage.id),
    droppedIds: wanted.filter((one) => !chosen.includes(one)).map(({ passage }) => passage.id),
  };
}

function inOrder(
  ranked: readonly RankedPassage[],
  order: PromptTemplate<"qa">["order"],
): readonly RankedPassage[] {
  if (order === "best-first") return ranked;
  if (order === "best-last") return ranked.toReversed();
  return ranked.toSorted(
    ({ passage: a }, { passage: b }) => a.sourceId - b.sourceId || a.ordinal - b.ordinal,
  );
}

function frameQuery(query: TaskQuery, items: readonly string[], surroundings: Surroundings): string {
  switch (query.task) {
    case "qa":
      return TEMPLATES.qa.frame(items, query, surroundings);
    case "convsearch":
      return TEMPLATES.convsearch.frame(items, query, surroundings);
    case "chat":
      return TEMPLATES.chat.frame(items, query, surroundings);
    case "lrlm":
      return TEMPLATES.lrlm.frame(items, query, surroundings);
    case "icl":
      return TEMPLATES.icl.frame(items, query, surroundings);
    case "tool":
      return TEMPLATES.tool.frame(items, query, surroundings);
  }
}
