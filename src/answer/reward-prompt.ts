import type { TaskQuery } from "../contract/index.ts";

/** What a model reads before the output that it is to be judged by. */
export interface RewardPrompt {
  readonly before: string;
  /** What stands between that and the output. */
  readonly gap: string;
}

/** Of a passage that is longer only the beginning is read: about the 512 tokens of the original. */
const KEY_UTF16 = 2000;

/**
 * A passage's key text and a query as they stand before an answer whose likelihood is the passage's reward; without a
 * passage where that is null. null for tasks without rewards.
 *
 * Source: LLM-Embedder, `run_lm_score.py::process_lm_scoring`: qa, icl and chat.
 */
export function rewardPrompt(query: TaskQuery, keyText: string | null): RewardPrompt | null {
  const key = keyText?.slice(0, KEY_UTF16) ?? null;
  if (query.task === "qa") {
    const asked = `Question: ${query.question.trim()}\n\nAnswer:`;
    return { before: key === null ? asked : `Knowledge: ${key}\n\n${asked}`, gap: " " };
  }
  if (query.task === "icl") return { before: join(key, query.input), gap: "\n" };
  if (query.task === "chat")
    return { before: join(key, `Speaker 1: ${query.utterance}\nSpeaker 2:`), gap: " " };
  return null;
}

const join = (key: string | null, text: string): string => (key === null ? text : `${key}\n${text}`);
