import {
  KIND_OF_TASK,
  toSextantError,
  type AdaptationChoice,
  type AdaptationRequest,
  type AdaptationStatus,
  type EngineEvent,
  type FeedbackRequest,
  type Storage,
} from "../../contract/index.ts";
import type { EncoderHost } from "../encoder-host.ts";
import { createWordsOnly } from "../words-only.ts";
import { begunBy } from "./begun-training.ts";
import { createOwnEncoders, usedOf, type OwnEncoders } from "./own-encoders.ts";
import { trainCollection } from "./train-collection.ts";
import { shapeOf } from "./training-passages.ts";

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
  readonly queryVectorOf: OwnEncoders["queryVectorOf"];
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

export function createAdapting({
  storage,
  host,
  emit,
  quietMs = 3000,
  keepMs = 4000,
}: AdaptingParts): Adapting {
  const encoders = createOwnEncoders(storage);
  const training = { storage, host, encoders, wordsOnly: createWordsOnly(storage), keepMs };
  const underWay = new Map<string, { readonly stop: AbortController; part: number }>();
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();
  const working = new Set<Promise<unknown>>();
  let isClosed = false;
  const failures = new Map<string, AdaptationStatus["failure"]>();
  const nameOf = ({ collectionId, task }: AdaptationRequest): string => `${collectionId} ${task}`;

  async function status(request: AdaptationRequest): Promise<AdaptationStatus> {
    const { collectionId, task } = request;
    const { encoder } = await host.current();
    const [choice, { adapter, learned }, marks, shape, scored] = await Promise.all([
      encoders.choiceOf(request),
      encoders.entryOf({ ...request, modelKey: encoder.info.key }),
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
      failure: failures.get(nameOf(request)) ?? null,
    };
  }

  async function tell(request: AdaptationRequest): Promise<AdaptationStatus> {
    const now = await status(request);
    emit({ type: "adaptation", status: now });
    return now;
  }

  async function learn(
    request: AdaptationRequest,
    context: Parameters<Adapting["learn"]>[1],
  ): Promise<AdaptationStatus> {
    const name = nameOf(request);
    underWay.get(name)?.stop.abort();
    clearTimeout(waiting.get(name));
    failures.delete(name);
    const stop = new AbortController();
    const own = { stop, part: 0 };
    const giveUp = () => stop.abort(context.signal.reason);
    context.signal.throwIfAborted();
    context.signal.addEventListener("abort", giveUp);
    underWay.set(name, own);
    let toldAt = 0;
    const work = trainCollection(training, request, stop.signal, (part) => {
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
    if ((await encoders.choiceOf(request)) === "off") return;
    const { state, isStale } = await status(request);
    if (state === "training" || (state === "ready" && !isStale)) return;
    await learn(request, { signal: new AbortController().signal, emit: () => undefined });
  }

  /** Nobody waits for what is learned unasked, so it is told; what was stopped, or closed meanwhile, did not fail. */
  async function failed(request: AdaptationRequest, error: unknown): Promise<void> {
    const { code, message } = toSextantError(error);
    if (code === "base/aborted" || isClosed) return;
    failures.set(nameOf(request), { code, message });
    await tell(request).catch(() => undefined);
  }

  function learnLater(request: AdaptationRequest): void {
    const name = nameOf(request);
    clearTimeout(waiting.get(name));
    waiting.set(
      name,
      setTimeout(() => {
        waiting.delete(name);
        const work = learnIfNew(request).catch((error: unknown) => failed(request, error));
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
      await encoders.choose(request, choice);
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
    queryVectorOf: encoders.queryVectorOf,
    forgetCollection(collectionId) {
      for (const task of tasksOf(collectionId)) {
        underWay.get(task)?.stop.abort();
        clearTimeout(waiting.get(task));
      }
      encoders.forgetCollection(collectionId);
    },
    async close() {
      isClosed = true;
      for (const timer of waiting.values()) clearTimeout(timer);
      for (const { stop } of underWay.values()) stop.abort();
      await Promise.allSettled(working);
    },
  };
}

function tasksOf(collectionId: number): string[] {
  return Object.keys(KIND_OF_TASK).map((task) => `${collectionId} ${task}`);
}
