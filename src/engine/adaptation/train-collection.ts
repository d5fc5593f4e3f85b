import {
  KIND_OF_TASK,
  SextantError,
  type AdaptationRequest,
  type Storage,
  type TaskId,
} from "../../contract/index.ts";
import { instructionOf } from "../../tasks/index.ts";
import { adaptCollection, formatAdapter } from "../../train/index.ts";
import { createBreath } from "../../base/breath.ts";
import type { EncoderHost } from "../encoder-host.ts";
import { limitFor } from "../limit.ts";
import type { WordsOnly } from "../words-only.ts";
import { clearBegun, readBegun, writeBegun } from "./begun-training.ts";
import { ADAPTED_POLICY, type Learned, type OwnEncoders } from "./own-encoders.ts";
import { readTrainingPassages, shapeOf } from "./training-passages.ts";

export interface TrainingParts {
  readonly storage: Storage;
  readonly host: EncoderHost;
  readonly encoders: OwnEncoders;
  readonly wordsOnly: WordsOnly;
  /** How often what was learned so far is stored, so that a closed tab goes on from there. */
  readonly keepMs: number;
}

/** Work between two chances for a query to go first: a step takes about 2 ms. */
const SLICE_MS = 6;

/** Source: LLM-Embedder's training script: `stable_distill` for qa and icl, its losses over own candidates for these. */
const KL_TASKS: readonly TaskId[] = ["chat", "lrlm"];

/** More of them asked on fastapi-docs is .005 better; of exchanges they are worse by .010 on chat (docs/adaptation.md). */
const SENTENCES_OF_A_DOCUMENT = 10;

/**
 * Trains one collection's own query encoder from what is stored of it, and stores it.
 *
 * Throws: `search/no-vectors` for a model that does not embed; the signal's reason; an AbortError where another model was opened.
 */
export async function trainCollection(
  { storage, host, encoders, wordsOnly, keepMs }: TrainingParts,
  request: AdaptationRequest,
  signal: AbortSignal,
  onProgress: (part: number) => void,
): Promise<void> {
  const startMs = performance.now();
  const { collectionId, task } = request;
  const { encoder } = await host.current();
  const { info } = encoder;
  if (info.dim === 0)
    throw new SextantError(
      "search/no-vectors",
      `${info.name} has no vectors to learn from: choose a model that embeds.`,
    );
  const key = { collectionId, task, modelKey: info.key };
  const { adapter: former } = await encoders.entryOf(key);
  const [shape, read, marks, scored] = await Promise.all([
    shapeOf(storage, request),
    readTrainingPassages(storage, request, info, signal),
    storage.marks({ collectionId, task }),
    storage.rewards({ collectionId, task }),
  ]);
  // In a language that the model does not list its vectors are noise: there is nothing to learn from.
  const [isForeign] = await wordsOnly.among([collectionId], "", info);
  const begun = await readBegun(storage, key, shape);
  const instruction = instructionOf(info.prefixes, task, "query");
  let keptMs = performance.now();
  const breathe = createBreath(SLICE_MS);
  const { adapter, report } = await adaptCollection({
    ...(isForeign ? { passages: [], vectors: new Float32Array() } : read),
    dim: info.dim,
    ...(KIND_OF_TASK[task] === "document" && { perPassage: SENTENCES_OF_A_DOCUMENT }),
    marks,
    scored,
    distillation: KL_TASKS.includes(task) ? "kl" : "graded",
    before: former?.table ?? null,
    ...begun,
    onStep: async (doneSteps, table) => {
      if (performance.now() - keptMs < keepMs) return;
      await writeBegun(storage, key, { shape, doneSteps, before: await table() }, breathe);
      keptMs = performance.now();
    },
    signal,
    onProgress,
    encode: async (texts) => {
      const limitTokens = limitFor(info, ADAPTED_POLICY, "query");
      const options = { limitTokens, urgency: "later", signal } as const;
      const { vectors, key: encodedBy } = await host.encode(
        texts.map((text) => instruction + text),
        options,
      );
      if (encodedBy !== info.key) throw new DOMException("Another model was opened.", "AbortError");
      return vectors;
    },
    breathe,
  });
  const seconds = (performance.now() - startMs) / 1000;
  const why = isForeign ? "unlisted-language" : report.why;
  const learned: Learned = { report: { ...report, why, seconds }, shape };
  const stored = { report: JSON.stringify(learned), bytes: await formatAdapter(adapter, breathe) };
  await storage.writeAdapter({ ...key, ...stored });
  await clearBegun(storage, key);
  encoders.keep(key, { adapter, learned });
}
