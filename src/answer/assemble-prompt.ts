import type {
  ChatMessage,
  FunctionSpec,
  Prompt,
  PromptPreset,
  TaskId,
  TaskQuery,
} from "../contract/index.ts";
import { PAPER } from "./paper/index.ts";
import { PRACTICAL } from "./practical/index.ts";
import { exampleTurns } from "./practical/icl.ts";
import type { MessageTemplate, PromptRules, RankedPassage, Surroundings, TextTemplate } from "./template.ts";

export interface PromptParts {
  readonly query: TaskQuery;
  /** Best first. */
  readonly ranked: readonly RankedPassage[];
  /** Default is the paper's form. */
  readonly preset?: PromptPreset;
  /** How many passages at the most; default is the task's own. */
  readonly count?: number;
  /** Default is the task's own. */
  readonly budgetTokens?: number;
  /** lrlm: the text just before the cursor; default is the query chunk. */
  readonly recent?: string;
  /** Solved examples that show how to answer, best first; the paper's form has none. */
  readonly examples?: readonly RankedPassage[];
  countTokens(text: string): number;
  /** Name of what counts. */
  readonly tokenizer: string;
}

interface Draft {
  readonly messages: readonly ChatMessage[];
  readonly functions: readonly FunctionSpec[];
}

/**
 * Puts passages and query into the task's prompt. Over the budget, the worst examples go first, then a passage that
 * alone is too long, then the worst-ranked ones; the query itself is never cut.
 */
export function assemblePrompt(parts: PromptParts): Prompt {
  const { query, countTokens, tokenizer, preset = "paper" } = parts;
  const { rules, write } = formOf(preset, query.task);
  const { order } = rules;
  const budgetTokens = parts.budgetTokens ?? rules.budgetTokens;
  const wanted = parts.ranked.slice(0, parts.count ?? rules.count);
  let examples = preset === "paper" ? [] : (parts.examples ?? []);
  const draftOf = (chosen: readonly RankedPassage[]): Draft =>
    withExamples(write(inOrder(chosen, order), query, { recent: parts.recent, countTokens }), examples);
  const fits = (chosen: readonly RankedPassage[]): boolean =>
    countTokens(textOf(draftOf(chosen))) <= budgetTokens;

  let chosen = wanted;
  while (examples.length > 0 && !fits(wanted)) examples = examples.slice(0, -1);
  if (!fits(wanted)) {
    chosen = wanted.filter((one) => fits([one]));
    while (chosen.length > 0 && !fits(chosen)) chosen = chosen.slice(0, -1);
  }
  const draft = draftOf(chosen);
  const text = textOf(draft);
  return {
    preset,
    ...draft,
    text,
    lengthTokens: countTokens(text),
    budgetTokens,
    tokenizer,
    usedIds: inOrder(chosen, order).map(({ passage }) => passage.id),
    exampleIds: examples.map(({ passage }) => passage.id),
    droppedIds: wanted.filter((one) => !chosen.includes(one)).map(({ passage }) => passage.id),
  };
}

/** Examples stand as turns of their own before the last one, the best next to it. */
function withExamples(draft: Draft, examples: readonly RankedPassage[]): Draft {
  if (examples.length === 0) return draft;
  const turns = examples.toReversed().flatMap(exampleTurns);
  return { ...draft, messages: [...draft.messages.slice(0, -1), ...turns, ...draft.messages.slice(-1)] };
}

/** Everything that the model is given, as one text to copy and to count. */
function textOf({ messages, functions }: Draft): string {
  const contents = messages.map(({ content }) => content);
  if (functions.length > 0) contents.splice(-1, 0, `Functions, as JSON:\n${JSON.stringify(functions)}`);
  return contents.join("\n\n");
}

function inOrder(ranked: readonly RankedPassage[], order: PromptRules["order"]): readonly RankedPassage[] {
  if (order === "best-first") return ranked;
  if (order === "best-last") return ranked.toReversed();
  return ranked.toSorted(
    ({ passage: a }, { passage: b }) => a.sourceId - b.sourceId || a.ordinal - b.ordinal,
  );
}

interface Form {
  readonly rules: PromptRules;
  write(found: readonly RankedPassage[], query: TaskQuery, surroundings: Surroundings): Draft;
}

function formOf(preset: PromptPreset, task: TaskId): Form {
  if (preset === "paper") {
    const template = PAPER[task] as TextTemplate<TaskId>;
    return {
      rules: template,
      write: (found, query, surroundings) => ({
        messages: [
          { role: "user", content: template.frame(found.map(template.itemText), query, surroundings) },
        ],
        functions: [],
      }),
    };
  }
  const template = PRACTICAL[task] as MessageTemplate<TaskId>;
  return {
    rules: template,
    write: (found, query, surroundings) => ({
      messages: template.messages(found, query, surroundings),
      functions: template.functions?.(found) ?? [],
    }),
  };
}
