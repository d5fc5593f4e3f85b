import {
  KIND_OF_TASK,
  SextantError,
  type AdaptationChoice,
  type AdaptationReport,
  type AdaptationRequest,
  type AdaptationStatus,
  type AdapterKind,
  type EngineEvent,
  type FeedbackRequest,
  type Policy,
  type Storage,
  type TaskId,
} from "../contract/index.ts";
import { instructionOf } from "../tasks/index.ts";
import { adaptCollection, adaptVector, formatAdapter, parseAdapter, type Adapter } from "../train/index.ts";
import { readChoice, writeChoice } from "./adaptation-choice.ts";
import { begunBy, clearBegun, readBegun, writeBegun } from "./begun-training.ts";
import { createBreath } from "./breath.ts";
import type { EncoderHost } from "./encoder-host.ts";
import { limitFor } from "./limit.ts";
import { readTrainingPassages, shapeOf } from "./training-passages.ts";
import { createWordsOnly } from "./words-only.ts";

/** Collections' own query encoders: trains them while nothing else is to be done, and applies them to queries. */
export interface Adapting {
  status(request: AdaptationRequest): Promise<AdaptationStatus>;
  choose(request: AdaptationRequest, choice: AdaptationChoice): Promise<AdaptationStatus>;
  mark(request: FeedbackRequest): Promise<AdaptationStatus>;
  /** Tells that rewards were written or taken back: what they teach is learned soon. */
  rewarded(request: AdaptationRequest): Promise<AdaptationStatus>;
  forgetRewards(request: AdaptationRequest): Promise<AdaptationStatus>;
  /** Trains now; a training of this collection that is under way is stopped and begun anew. Throws: the signal's reason. */
  learn(
    request: AdaptationRequest,
    context: { readonly signal: AbortSignal; readonly emit: (progress: { readonly part: number }) => void },
  ): Promise<AdaptationStatus>;
  /** Trains once nothing was changed for a while, unless it is switched off or nothing is new. */
  learnLater(request: AdaptationRequest): void;
  /** The vector that a query is searched with: the full encoder's, or what the collection's own encoder makes of it. */
  queryVectorOf(query: {
    readonly collectionIds: readonly number[];
    readonly task: TaskId;
    readonly text: string;
    readonly policy: Policy;
    readonly modelKey: string;
    readonly full: Float32Array;
    /** In the place of what was chosen. */
    readonly choice?: AdaptationChoice | undefined;
  }): Promise<{ readonly vector: Float32Array; readonly encodedBy: AdapterKind }>;
  forgetCollection(collectionId: number): void;
  close(): Promise<void>;
}

export interface AdaptingParts {
  readonly storage: Storage;
  readonly host: EncoderHost;
  readonly emit: (event: EngineEvent) => void;
  /** How long nothing must have changed before it trains; default 3 s. */
  readonly quietMs?: number;
  /** How often what was learned so far is stored, so that a closed tab goes on from there; default 4 s. */
  readonly keepMs?: number;
}

/** What is stored beside the adapter. */
interface Learned {
  readonly report: AdaptationReport;
  /** What the collection looked like then. */
  readonly shape: string;
}

interface Entry {
  readonly adapter: Adapter | null;
  readonly learned: Learned | null;
}

/** Exact reproduction of the paper leaves queries as the model encodes them. */
const ADAPTED_POLICY: Policy = "use";
const NOTHING: Entry = { adapter: null, learned: null };

export function createAdapting({
  storage,
  host,
  emit,
  quietMs = 3000,
  keepMs = 4000,
}: AdaptingParts): Adapting {
  const wordsOnly = createWordsOnly(storage);
  const entries = new Map<string, Promise<Entry>>();
  const underWay = new Map<string, { readonly stop: AbortController; part: number }>();
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();
  const choices = new Map<string, Promise<AdaptationChoice>>();
  const working = new Set<Promise<unknown>>();
  const nameOf = ({ collectionId, task }: AdaptationRequest): string => `${collectionId} ${task}`;

  async function load(request: AdaptationRequest, modelKey: string): Promise<Entry> {
    const { collectionId, task } = request;
    const stored = await storage.readAdapter({ collectionId, task, modelKey });
    const adapter = stored && parseAdapter(stored.bytes);
    return stored && adapter ? { adapter, learned: JSON.parse(stored.report) as Learned } : NOTHING;
  }

  function entryOf(request: AdaptationRequest, modelKey: string): Promise<Entry> {
    const name = `${nameOf(request)} ${modelKey}`;
    let entry = entries.get(name);
    if (!entry) {
      entry = load(request, modelKey);
      entry.catch(() => entries.delete(name));
      entries.set(name, entry);
    }
    return entry;
  }

  function choiceOf(request: AdaptationRequest): Promise<AdaptationChoice> {
    const name = nameOf(request);
    let choice = choices.get(name);
    if (!choice) {
      choice = readChoice(storage, request);
      choice.catch(() => choices.delete(name));
      choices.set(name, choice);
    }
    return choice;
  }

  async function status(request: AdaptationRequest): Promise<AdaptationStatus> {
    const { collectionId, task } = request;
    const { encoder } = await host.current();
    const [choice, { adapter, learned }, marks, shape, scored] = await Promise.all([
      choiceOf(request),
      entryOf(request, encoder.info.key),
      storage.marks({ collectionId, task }),
      shapeOf(storage, request),
      storage.rewards({ collectionId, task }),
    ]);
    const running = underWay.get(nameOf(request));
    return {
      collectionId,
      task,
      choice,
      state: running ? "training" : learned ? "ready" : "none",
      progress: running?.part ?? 0,
      report: learned?.report ?? null,
      inUse: adapter ? usedOf(adapter, choice).winner : "full",
      marks: marks.length,
      scored: scored.length,
      isStale: learned !== null && learned.shape !== shape,
    };
  }

  async function tell(request: AdaptationRequest): Promise<AdaptationStatus> {
    const now = await status(request);
    emit({ type: "adaptation", status: now });
    return now;
  }

  async function train(
    request: AdaptationRequest,
    stop: AbortController,
    onProgress: (part: number) => void,
  ): Promise<void> {
    const startMs = performance.now();
    const { collectionId, task } = request;
    const { signal } = stop;
    const { encoder } = await host.current();
    const { info } = encoder;
    if (info.dim === 0)
      throw new SextantError(
        "search/no-vectors",
        `${info.name} has no vectors to learn from: choose a model that embeds.`,
      );
    const { adapter: former } = await entryOf(request, info.key);
    const [shape, read, marks, scored] = await Promise.all([
      shapeOf(storage, request),
      readTrainingPassages(storage, request, info, signal),
      storage.marks({ collectionId, task }),
      storage.rewards({ collectionId, task }),
    ]);
    const key = { collectionId, task, modelKey: info.key };
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
    entries.set(`${nameOf(request)} ${info.key}`, Promise.resolve({ adapter, learned }));
  }

  async function learn(
    request: AdaptationRequest,
    context: Parameters<Adapting["learn"]>[1],
  ): Promise<AdaptationStatus> {
    const name = nameOf(request);
    underWay.get(name)?.stop.abort();
    clearTimeout(waiting.get(name));
    const stop = new AbortController();
    const own = { stop, part: 0 };
    const giveUp = () => stop.abort(context.signal.reason);
    context.signal.throwIfAborted();
    context.signal.addEventListener("abort", giveUp);
    underWay.set(name, own);
    let toldAt = 0;
    const work = train(request, stop, (part) => {
      own.part = part;
      context.emit({ part });
      if (part - toldAt < 0.1) return;
      toldAt = part;
      void tell(request).catch(() => undefined);
    });
    working.add(work);
    try {
      await work;
    } finally {
      working.delete(work);
      context.signal.removeEventListener("abort", giveUp);
      if (underWay.get(name) === own) underWay.delete(name);
    }
    return tell(request);
  }

  async function learnIfNew(request: AdaptationRequest): Promise<void> {
    if ((await choiceOf(request)) === "off") return;
    const { state, isStale } = await status(request);
    if (state === "training" || (state === "ready" && !isStale)) return;
    await learn(request, { signal: new AbortController().signal, emit: () => undefined });
  }

  function learnLater(request: AdaptationRequest): void {
    const name = nameOf(request);
    clearTimeout(waiting.get(name));
    waiting.set(
      name,
      setTimeout(() => {
        waiting.delete(name);
        // Nobody waits for it: what fails here is tried again after the next change.
        const work = learnIfNew(request).catch(() => undefined);
        working.add(work);
        void work.finally(() => working.delete(work));
      }, quietMs),
    );
  }

  /** What was cut off, or does not know the collection as it is, is taken up once somebody looks at it. */
  async function look(request: AdaptationRequest): Promise<AdaptationStatus> {
    const now = await status(request);
    const { state, choice, isStale } = now;
    if (choice !== "off" && state !== "training" && !waiting.has(nameOf(request)))
      if (isStale || (await begunBy(storage, request)) !== "") learnLater(request);
    return now;
  }

  function rewarded(request: AdaptationRequest): Promise<AdaptationStatus> {
    learnLater(request);
    return tell(request);
  }

  return {
    status: look,
    learn,
    learnLater,
    async choose(request, choice) {
      await writeChoice(storage, request, choice);
      choices.set(nameOf(request), Promise.resolve(choice));
      if (choice === "off") underWay.get(nameOf(request))?.stop.abort();
      else learnLater(request);
      return tell(request);
    },
    rewarded,
    async forgetRewards({ collectionId, task }) {
      await storage.deleteRewards({ collectionId, task });
      return rewarded({ collectionId, task });
    },
    async mark(feedback) {
      await storage.writeMark(feedback);
      learnLater(feedback);
      return tell({ collectionId: feedback.collectionId, task: feedback.task });
    },
    async queryVectorOf({ collectionIds, task, text, policy, modelKey, full, choice }) {
      const [collectionId] = collectionIds;
      const unchanged = { vector: full, encodedBy: "full" } as const;
      if (collectionId === undefined || collectionIds.length > 1 || policy !== ADAPTED_POLICY)
        return unchanged;
      const request = { collectionId, task };
      const [chosen, { adapter }] = await Promise.all([
        choice ?? choiceOf(request),
        entryOf(request, modelKey),
      ]);
      if (!adapter) return unchanged;
      const used = usedOf(adapter, chosen);
      return { vector: adaptVector(used, text, full), encodedBy: used.winner };
    },
    forgetCollection(collectionId) {
      for (const task of tasksOf(collectionId)) {
        underWay.get(task)?.stop.abort();
        clearTimeout(waiting.get(task));
      }
      for (const name of entries.keys()) if (name.startsWith(`${collectionId} `)) entries.delete(name);
    },
    async close() {
      for (const timer of waiting.values()) clearTimeout(timer);
      for (const { stop } of underWay.values()) stop.abort();
      await Promise.allSettled(working);
    },
  };
}

/** Work between two chances for a query to go first: a step takes about 2 ms. */
const SLICE_MS = 6;

/** Source: LLM-Embedder's training script: `stable_distill` for qa and icl, its losses over own candidates for these. */
const KL_TASKS: readonly TaskId[] = ["chat", "lrlm"];

/** More of them asked on fastapi-docs is .005 better; of exchanges they are worse by .010 on chat (docs/adaptation.md). */
const SENTENCES_OF_A_DOCUMENT = 10;

/** Where the person asks for it, the table is used although it won nothing. */
const ASKED_PART = 0.5;

function usedOf(adapter: Adapter, choice: AdaptationChoice): Adapter {
  if (choice === "off") return { ...adapter, winner: "full", part: 0 };
  if (choice === "on" && adapter.winner === "full" && adapter.table.rowByWord.size > 0)
    return { ...adapter, winner: "table", part: ASKED_PART };
  return adapter;
}

function tasksOf(collectionId: number): string[] {
  return Object.keys(KIND_OF_TASK).map((task) => `${collectionId} ${task}`);
}
