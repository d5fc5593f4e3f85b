import type {
  AnswerSource,
  ChatMessage,
  FunctionSpec,
  PromptPreset,
  TaskId,
  TaskQuery,
} from "../../contract/index.ts";
import type { AnswersState } from "./answers-state.ts";
import type { AppState } from "./store.ts";
import { withRecentTurns } from "./talk.ts";

/** What would be sent now, and what its numbers stand for. */
export interface PromptParts {
  readonly query: TaskQuery;
  readonly preset: PromptPreset;
  readonly messages: readonly ChatMessage[];
  readonly functions: readonly FunctionSpec[];
  /** In the order of their numbers. */
  readonly sources: readonly AnswerSource[];
}

type PartsState = Pick<AppState, "prompt" | "results" | "talk" | "corpus"> & {
  readonly answers: Pick<AnswersState, "edited">;
};

/** What would be sent under a task: the person's own words, or what the hits make; null while there is nothing. */
export function partsOf(state: PartsState, task: TaskId): PromptParts | null {
  const edited = state.answers.edited[task];
  if (edited) return edited;
  const prompt = state.prompt.prompts[task];
  const { query, result } = state.results[task];
  if (!prompt || !query || !result) return null;
  const hits = new Map(result.hits.map((hit) => [hit.passage.id, hit]));
  const sources = prompt.usedIds.flatMap((id): AnswerSource[] => {
    const hit = hits.get(id);
    if (!hit) return [];
    const { sourceId, title, text, startUtf16, endUtf16 } = hit.passage;
    return [{ passageId: id, sourceId, sourceName: hit.sourceName, title, text, startUtf16, endUtf16 }];
  });
  const { preset, functions } = prompt;
  const messages =
    task === "chat" && preset === "practical" ? withRecentTurns(state, prompt.messages) : prompt.messages;
  return { query, preset, messages, functions, sources };
}
