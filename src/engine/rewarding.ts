import { createEndpoint, rewardPrompt, type RewardPrompt } from "../answer/index.ts";
import {
  SextantError,
  type ChatMessage,
  type Passage,
  type RewardRequest,
  type RewardResult,
  type Storage,
} from "../contract/index.ts";
import { instructionOf, keyTextOf } from "../tasks/index.ts";
import { closenessRewards, likelihoodReward } from "../train/index.ts";
import type { EncoderHost } from "./encoder-host.ts";
import { limitFor } from "./limit.ts";
import type { TextPart } from "./parts.ts";
import { queryTextFor } from "./query-text.ts";

export interface RewardingParts {
  readonly storage: Storage;
  readonly host: EncoderHost;
  readonly text: TextPart | undefined;
}

interface Context {
  readonly signal: AbortSignal;
  readonly emit: (progress: { readonly part: number }) => void;
}

/** What a model makes of one prompt; a short one will do to compare. */
const ANSWER_TOKENS = 128;
const MOST_PASSAGES = 32;

/** Asks a language model how much each passage helps it to a wanted answer, and keeps that. */
export async function rewardPassages(
  parts: RewardingParts,
  request: RewardRequest,
  { signal, emit }: Context,
): Promise<Omit<RewardResult, "status"> & { readonly collectionId: number }> {
  const { storage, host } = parts;
  const { query, server, model } = request;
  const wanted = request.wanted.trim();
  const { passages, collectionId } = await passagesOf(storage, request);
  const prompts = passages.map((passage) => promptOf(request, passage));
  let done = 0;
  const total = passages.length + 1;
  const told = <T>(value: T): T => {
    emit({ part: ++done / total });
    return value;
  };

  async function byLikelihood(): Promise<number[] | null> {
    if (!server) return null;
    const endpoint = createEndpoint(server);
    const rewards: number[] = [];
    for (const { before, gap } of prompts) {
      const likelihoods = await endpoint
        .likelihoods(model, { before, wanted: gap + wanted }, signal)
        .catch((error: unknown) => {
          if (rewards.length === 0 && isUntold(error)) return null;
          throw error;
        });
      if (likelihoods === null) return null;
      rewards.push(told(likelihoodReward(likelihoods)));
    }
    return rewards;
  }

  async function byRank(): Promise<number[]> {
    done = 0;
    const answers: string[] = [];
    for (const { before } of [promptOf(request, null), ...prompts])
      answers.push(told(await answerTo(parts, request, before, signal)));
    const [without = 0, ...withPassage] = await closenessTo(host, wanted, answers, signal);
    return closenessRewards(without, withPassage);
  }

  const likely = await byLikelihood();
  const given = likely ?? (await byRank());
  signal.throwIfAborted();
  const rewards = passages.map(({ id }, i) => ({ passageId: id, reward: given[i] ?? 0 }));
  const { encoder } = await host.current();
  const { text } = queryTextFor(encoder, { query, policy: "use" });
  await storage.writeRewards({ collectionId, task: query.task, query: text, rewards });
  return { collectionId, rewards, way: likely ? "likelihood" : "rank" };
}

async function passagesOf(
  storage: Storage,
  { passageIds, wanted, query }: RewardRequest,
): Promise<{ readonly passages: readonly Passage[]; readonly collectionId: number }> {
  const ids = [...new Set(passageIds)];
  const passages = await storage.readPassages({ ids });
  const [first] = passages;
  const isOne = passages.every(({ collectionId }) => collectionId === first?.collectionId);
  if (wanted.trim() !== "" && first && isOne && passages.length > 1 && ids.length <= MOST_PASSAGES)
    return { passages, collectionId: first.collectionId };
  throw new SextantError(
    "engine/invalid-input",
    `To learn from an answer takes the answer and 2 to ${MOST_PASSAGES} passages of one collection: choose others.`,
    { task: query.task, passages: passages.length },
  );
}

function promptOf({ query }: RewardRequest, passage: Passage | null): RewardPrompt {
  const prompt = rewardPrompt(query, passage && keyTextOf(query.task, passage));
  if (prompt) return prompt;
  throw new SextantError(
    "engine/invalid-input",
    `Answers under the task ${query.task} do not tell which passage helped: mark hits as right or wrong.`,
    { task: query.task },
  );
}

/** The server has no completions of bare text; whether it has the model shows when it is asked to answer. */
function isUntold(error: unknown): boolean {
  return (
    error instanceof SextantError &&
    ["answer/refused", "answer/no-model", "answer/unreadable"].includes(error.code)
  );
}

async function answerTo(
  { text }: RewardingParts,
  { server, model }: RewardRequest,
  prompt: string,
  signal: AbortSignal,
): Promise<string> {
  const messages: ChatMessage[] = [{ role: "user", content: prompt }];
  const options = { maxTokens: ANSWER_TOKENS, signal, onPart: () => undefined };
  if (server) return (await createEndpoint(server).generator(model).generate(messages, options)).text;
  if (text) return (await text.generate(model, messages, options)).text;
  throw new SextantError("model/unsupported", "No language model runs here: ask a server.");
}

/** Cosines of each text with the wanted one. */
async function closenessTo(
  host: EncoderHost,
  wanted: string,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<number[]> {
  const { encoder } = await host.current();
  const { info } = encoder;
  const instruction = instructionOf(info.prefixes, "qa", "key");
  const limitTokens = limitFor(info, "use", "key");
  const { vectors } = await host.encode(
    [wanted, ...texts].map((text) => instruction + text),
    { limitTokens, urgency: "now", signal },
  );
  const dim = vectors.length / (texts.length + 1);
  const rowOf = (row: number): Float32Array => vectors.subarray(row * dim, (row + 1) * dim);
  const own = rowOf(0);
  return texts.map((_, i) => rowOf(i + 1).reduce((sum, value, k) => sum + value * (own[k] ?? 0), 0));
}
