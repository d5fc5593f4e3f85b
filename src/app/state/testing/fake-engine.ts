import {
  SextantError,
  type CallOptions,
  type AdaptationStatus,
  type AddReport,
  type Collection,
  type Engine,
  type EngineEvent,
  type FeedbackMark,
  type Kind,
  type IndexPlan,
  type IndexProgress,
  type KeptVectors,
  type Passage,
  type PendingWork,
  type SearchResult,
  type Source,
} from "../../../contract/index.ts";
import { addFakes } from "./fake-adding.ts";
import { createFakeSearch } from "./fake-search.ts";
import { createFakeLibrary } from "./fake-library.ts";
import { createFakeAnswers } from "./fake-answers.ts";
import { createFakeCopies } from "./fake-copies.ts";
import { createFakeModels, type FakeModels } from "./fake-models.ts";
import { FAKE_STATUS, UNLEARNED } from "./fake-status.ts";
import { queryWords, timesOf, vectorlessOf, wordsOf } from "./fake-records.ts";

/** An engine in memory for tests of the app: words instead of a model, the same face. */
export interface FakeEngine extends Engine {
  /** Names of the calls that were made, oldest first. */
  readonly calls: string[];
  emit(event: EngineEvent): void;
  /** Makes the next calls of a name fail, until it is given null. */
  failWith(call: keyof Engine, error: SextantError | null): void;
  /** Lets `index` wait between batches until the returned function is called. */
  holdIndexing(): () => void;
  /** Said of every collection in the place of nothing. */
  learned: Partial<AdaptationStatus>;
  /** Said of every file that is added. */
  added: Partial<AddReport>;
  /** Said of every plan in the place of what is there. */
  plan: Partial<IndexPlan>;
  /** What the next run finds of the source that came last. */
  kept: Omit<KeptVectors, "sourceId"> | null;
  /** Said of every search in the place of what is usual. */
  found: Partial<SearchResult>;
  /** The models behind it. */
  readonly shelf: FakeModels;
}

export interface FakeOptions {
  readonly pending?: readonly PendingWork[];
}

/** Creates a fake engine; passages of a file are its paragraphs. */
export function createFakeEngine(options: FakeOptions = {}): FakeEngine {
  const calls: string[] = [];
  const failures = new Map<string, SextantError>();
  const listeners = new Set<(event: EngineEvent) => void>();
  const collections: Omit<Collection, "sources" | "passages">[] = [];
  const sources: { source: Source; text: string }[] = [];
  const passages: Passage[] = [];
  const judged: FeedbackMark[] = [];
  let pending = options.pending ?? [];
  let lastId = 0;
  let gate: Promise<void> = Promise.resolve();
  let status = FAKE_STATUS;
  const shelf = createFakeModels(() => status);

  const enter = async (name: string, signal?: AbortSignal): Promise<void> => {
    calls.push(name);
    await Promise.resolve();
    if (signal?.aborted) throw new SextantError("base/aborted", "Stopped.");
    const failure = failures.get(name);
    if (failure) throw failure;
  };

  const called = <I, E, O>(name: string, work: (input: I, options: CallOptions<E>) => O | Promise<O>) => {
    return async (input: I, options: CallOptions<E> = {}): Promise<O> => {
      await enter(name, options.signal);
      return work(input, options);
    };
  };

  const described = (collection: Omit<Collection, "sources" | "passages">): Collection => ({
    ...collection,
    sources: sources.filter(({ source }) => source.collectionId === collection.id).length,
    passages: passages.filter(({ collectionId }) => collectionId === collection.id).length,
  });

  function make(name: string, kind: Kind): Collection {
    const collection = { id: ++lastId, name, kind, createdAt: "2026-01-01T00:00:00.000Z" };
    collections.push(collection);
    return described(collection);
  }

  const library = createFakeLibrary({ collections, sources, passages, described });

  const collectionById = (id: number) => {
    const collection = collections.find((one) => one.id === id);
    if (!collection) throw new SextantError("storage/not-found", "That collection is gone. Reload the page.");
    return collection;
  };

  const found = createFakeSearch({ sources, passages, judged, model: () => status.model });

  const engine: FakeEngine = {
    calls,
    shelf: shelf.models,
    found: {},
    added: {},
    plan: {},
    kept: null,
    learned: {},
    emit: (event) => listeners.forEach((listener) => listener(event)),
    failWith(call, error) {
      if (error) failures.set(call, error);
      else failures.delete(call);
    },
    holdIndexing() {
      let open: () => void = () => undefined;
      gate = new Promise((resolve) => (open = resolve));
      return open;
    },
    status: called("status", () => ({ ...status, pending })),
    watch: called("watch", (_input: unknown, { signal, onEvent }: CallOptions<EngineEvent>) => {
      if (onEvent) listeners.add(onEvent);
      return new Promise<void>((resolve) => signal?.addEventListener("abort", () => resolve()));
    }),
    setDevice: called("setDevice", ({ device }) => {
      const used = device === "webgpu" ? "webgpu" : "wasm";
      status = { ...status, device: { ...status.device, asked: device, used } };
      return status;
    }),
    models: called("models", shelf.list),
    addModel: called("addModel", shelf.add),
    setModel: called("setModel", (choice) => {
      status = shelf.choose(choice);
      return { ...status, pending };
    }),
    removeModel: called("removeModel", shelf.remove),
    checkModel: called("checkModel", () => shelf.models.check),
    hub: called("hub", shelf.hub),
    embed: called("embed", ({ texts }) => ({
      rows: texts.length,
      dim: 1,
      vectors: new Float32Array(texts.length).fill(1),
    })),
    countTokens: called("countTokens", ({ texts }) => texts.map((text) => wordsOf(text).length)),
    collections: called("collections", () => collections.map(described)),
    createCollection: called("createCollection", ({ name, kind }) => make(name, kind)),
    sources: called("sources", ({ collectionId }) =>
      sources.filter(({ source }) => source.collectionId === collectionId).map(({ source }) => source),
    ),
    readSource: called("readSource", ({ sourceId }) => {
      const found = sources.find(({ source }) => source.id === sourceId);
      if (!found) throw new SextantError("storage/not-found", "That source is gone. Reload the page.");
      return found;
    }),
    renameCollection: called("renameCollection", library.renameCollection),
    collectionFacts: called("collectionFacts", library.collectionFacts),
    deleteCollection: called("deleteCollection", library.deleteCollection),
    renameSource: called("renameSource", library.renameSource),
    sourceFacts: called("sourceFacts", library.sourceFacts),
    removeSources: called("removeSources", library.removeSources),
    removePassage: called("removePassage", library.removePassage),
    removals: called("removals", library.removals),
    restore: called("restore", library.restore),
    freeRemovals: called("freeRemovals", library.freeRemovals),
    editPassage: called("editPassage", library.editPassage),
    revertPassage: called("revertPassage", library.revertPassage),
    passages: called("passages", ({ collectionId, sourceId, offset, limit }) => {
      const all = passages.filter(
        (one) => one.collectionId === collectionId && (sourceId === undefined || one.sourceId === sourceId),
      );
      return { total: all.length, passages: all.slice(offset, offset + limit) };
    }),
    adaptation: called("adaptation", (request) => ({ ...UNLEARNED, ...engine.learned, ...request })),
    setAdaptation: called("setAdaptation", (request) => ({ ...UNLEARNED, ...engine.learned, ...request })),
    adapt: called("adapt", (request) => ({ ...UNLEARNED, ...request })),
    feedback: called("feedback", ({ collectionId, task, query, passageId, mark }) => {
      const at = judged.findIndex((one) => one.passageId === passageId && one.query === query);
      if (at >= 0) judged.splice(at, 1);
      if (mark !== null) judged.push({ query, passageId, mark });
      return { ...UNLEARNED, ...engine.learned, collectionId, task, marks: judged.length };
    }),
    marks: called("marks", ({ collectionId }) =>
      judged.filter(({ passageId }) =>
        passages.some((one) => one.id === passageId && one.collectionId === collectionId),
      ),
    ),
    reward: called("reward", ({ passageIds, query: { task } }) => ({
      rewards: passageIds.map((passageId, i) => ({ passageId, reward: i / passageIds.length })),
      way: "rank" as const,
      status: { ...UNLEARNED, ...engine.learned, collectionId: 1, task, scored: 1 },
    })),
    forgetRewards: called("forgetRewards", (request) => ({ ...UNLEARNED, ...engine.learned, ...request })),
    sentences: called("sentences", ({ query, passageIds }) => {
      const asked = new Set(wordsOf(queryWords(query)));
      return passages
        .filter(({ id }) => passageIds.includes(id))
        .map(({ id, text }) => ({
          passageId: id,
          sentences: Array.from(text.matchAll(/[^.\s][^.]*\.?/g), ({ 0: sentence, index }) => {
            const shared = wordsOf(sentence).filter((word) => asked.has(word)).length;
            return {
              start: index,
              end: index + sentence.length,
              raw: shared / 10,
              standard: 2 * shared,
              words: 0,
            };
          }),
        }));
    }),
    add: called("add", async ({ collectionId, files }) => ({
      ...(await addFakes({ sources, passages, nextId: () => ++lastId }, collectionById(collectionId), files)),
      ...engine.added,
    })),
    index: called("index", async ({ collectionId }, { signal, onEvent }: CallOptions<IndexProgress>) => {
      const total = passages.filter((passage) => passage.collectionId === collectionId).length;
      for (let done = 0; done <= total; done += 32) {
        const sourceName =
          sources.find(({ source }) => source.collectionId === collectionId)?.source.name ?? "";
        onEvent?.({
          donePassages: done,
          totalPassages: total,
          sourceName,
          passagesPerSecond: 120,
          secondsLeft: (total - done) / 120,
        });
        await gate;
        if (signal?.aborted) throw new SextantError("base/aborted", "Stopped.");
      }
      pending = [];
      const last = sources.findLast(({ source }) => source.collectionId === collectionId)?.source.id ?? 0;
      const kept = engine.kept === null ? [] : [{ sourceId: last, ...engine.kept }];
      engine.kept = null;
      return { passages: total, embedded: total, kept, notices: [], tookMs: 1 };
    }),
    indexPlan: called("indexPlan", ({ collectionId }) => ({
      unfinished: 0,
      missing: passages.filter((passage) => passage.collectionId === collectionId).length,
      seconds: null,
      ...engine.plan,
    })),
    storedVectors: called("storedVectors", ({ sourceId }) =>
      vectorlessOf(passages.filter((one) => sourceId === undefined || one.sourceId === sourceId)),
    ),
    readPassages: called("readPassages", ({ passageIds }) =>
      passageIds.flatMap((id) => passages.filter((one) => one.id === id)),
    ),
    passageTimes: called("passageTimes", ({ collectionId }) =>
      timesOf(
        passages.filter((one) => one.collectionId === collectionId),
        sources.map(({ source }) => source),
      ),
    ),
    search: called("search", (request) => ({ ...found(request), ...engine.found })),
    prompt: called("prompt", ({ query, passageIds, preset = "paper", count = 3 }) => {
      const usedIds = passageIds.slice(0, count);
      const texts = usedIds.map((id) => passages.find((passage) => passage.id === id)?.text ?? "");
      const text = `Knowledge:\n${texts.join("\n")}\n\nQ: ${queryWords(query)} A:`;
      return {
        preset,
        messages: [{ role: "user", content: text }],
        functions: [],
        text,
        lengthTokens: wordsOf(text).length,
        budgetTokens: 2048,
        tokenizer: "words",
        usedIds,
        droppedIds: [],
        exampleIds: [],
      };
    }),
    ...createFakeAnswers(called),
    tagSource: called("tagSource", ({ sourceId, tags }) => {
      const entry = sources.find(({ source }) => source.id === sourceId);
      if (!entry) throw new SextantError("storage/not-found", "This source is gone.");
      entry.source = { ...entry.source, tags };
      return entry.source;
    }),
    addUrl: called("addUrl", () => ({ added: [], unchanged: [], notices: [], columns: [] })),
    ...createFakeCopies(called, {
      all: () => collections.map(described),
      add: (name) => make(name, "document"),
    }),
    close: () => Promise.resolve(),
  };
  return engine;
}
