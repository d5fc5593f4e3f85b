import { sha256 } from "../base/hash.ts";
import { createTurns, type Turns } from "../base/turns.ts";
import {
  isSextantError,
  SextantError,
  type EngineCalls,
  type EngineStatus,
  type Handlers,
  type PassageDraft,
  type RemoteLink,
  type Source,
  type TaskId,
} from "../contract/index.ts";
import { assemblePrompt } from "../answer/index.ts";
import type { IngestTools } from "../ingest/index.ts";
import { instructionOf } from "../tasks/index.ts";
import { createAdapting } from "./adaptation/adapting.ts";
import { addFiles } from "./adding.ts";
import { answerHandlers } from "./answering.ts";
import { createBreath } from "../base/breath.ts";
import { bundleHandlers } from "./bundle/bundle-handlers.ts";
import { tellChanges } from "./changes.ts";
import { createCorpora } from "./corpora.ts";
import { createEncoderHost } from "./encoder-host.ts";
import { createEvents } from "./events.ts";
import { fetchFile } from "./fetch-file.ts";
import { createFreshDrafts } from "./fresh-drafts.ts";
import { planIndex } from "./index-plan.ts";
import { indexCollection } from "./indexing.ts";
import { createKeeping } from "./keeping.ts";
import { libraryHandlers } from "./library.ts";
import { limitFor } from "./limit.ts";
import { modelHandlers, storedWish } from "./models.ts";
import type { EngineParts } from "./parts.ts";
import { createRate, rateKey } from "./rate.ts";
import { readAhead } from "./read-ahead.ts";
import { rewardPassages } from "./rewarding.ts";
import { requireKind, searchCollections } from "./searching.ts";
import { createLinks } from "./remote/links.ts";
import { createRemoteCorpora, livesElsewhere } from "./remote/remote-corpora.ts";
import { remoteHandlers } from "./remote/remote-handlers.ts";
import { scoreSentences } from "./scoring-sentences.ts";
import { readStoredVectors } from "./stored-vectors.ts";
import { createWordsOnly } from "./words-only.ts";

export interface LocalEngine {
  readonly handlers: Handlers<EngineCalls>;
  /** Stores passages that were cut elsewhere as one source; `index` embeds them. */
  addPassages(
    collectionId: number,
    name: string,
    format: string,
    drafts: readonly PassageDraft[],
  ): Promise<Source>;
  /** What files are cut with, of the model that is open. */
  tools(): Promise<IngestTools>;
  close(): Promise<void>;
}

/** Joins the rooms into the engine: everything that a page can ask for, answered on this machine. */
export function createLocalEngine({ storage, model, device, adaptation }: EngineParts): LocalEngine {
  const events = createEvents();
  const rate = createRate();
  const fresh = createFreshDrafts();
  const corpora = createCorpora(storage, {
    onLoaded: ({ collectionId, task }) => events.emit({ type: "corpus-loaded", collectionId, task }),
    gpu: {
      device: () => host.gpuDevice,
      onFault: ({ message: why, code }) =>
        events.emit({ type: "degraded", what: "device", from: "webgpu", to: "wasm", why, code }),
    },
  });
  const wordsOnly = createWordsOnly(storage);
  const links = createLinks(storage);
  const remotes = createRemoteCorpora(links);
  const indexing = new Map<number, Turns>();
  const host = createEncoderHost(model, () => storedWish(storage, model.bundled, device), {
    emit: events.emit,
    onChange: () =>
      void announce().catch((error: unknown) => {
        // Whoever closes meanwhile wants to hear nothing.
        if (!isSextantError(error, "boundary/closed")) throw error;
      }),
  });

  async function collectionOf(collectionId: number, task?: TaskId) {
    const collection = (await storage.collections({})).find(({ id }) => id === collectionId);
    if (!collection)
      throw new SextantError("storage/not-found", "This collection is gone: choose another.", {
        collectionId,
      });
    if (task) requireKind(collection.kind, task);
    return collection;
  }

  /** What lives on a server is neither added to nor embedded here. */
  async function linkElsewhere(collectionId: number): Promise<RemoteLink | null> {
    const link = await links.of(collectionId);
    return link?.mode === "remote" ? link : null;
  }

  async function requireHere(collectionId: number): Promise<void> {
    const link = await linkElsewhere(collectionId);
    if (link) throw livesElsewhere(link);
  }

  async function collectionToFill(collectionId: number) {
    await requireHere(collectionId);
    return collectionOf(collectionId);
  }

  async function tools() {
    const { encoder } = await host.current();
    return {
      countTokens: (text: string) => encoder.countTokens([text])[0] ?? 0,
      breathe: createBreath(),
    };
  }

  async function status(): Promise<EngineStatus> {
    const [{ encoder, device }, info, pending] = await Promise.all([
      host.current(),
      storage.info({}),
      storage.pending({}),
    ]);
    return {
      model: encoder.info,
      device,
      speed: rate.speed(rateKey(encoder.info, device)),
      storage: info,
      pending,
    };
  }

  async function announce(): Promise<EngineStatus> {
    const now = await status();
    events.emit({ type: "status", status: now });
    return now;
  }

  const adapting = createAdapting({ storage, host, emit: events.emit, ...adaptation });

  const keeping = createKeeping(storage, () => events.emit({ type: "changed" }));

  const answering = { storage, host, text: model.text };
  const handlers: Handlers<EngineCalls> = {
    status,
    watch: (_, { emit, signal }) => events.watch(emit, signal),
    ...modelHandlers({ storage, model, host, announce }),
    ...bundleHandlers(storage, host),
    ...remoteHandlers({
      storage,
      host,
      links,
      remotes,
      corpora,
      collectionOf,
      index: (input, context) => handlers.index(input, context),
    }),
    ...answerHandlers(answering),
    async embed({ task, side, texts, policy = "use" }, { signal }) {
      const { encoder } = await host.current();
      const instruction = instructionOf(encoder.info.prefixes, task, side);
      const options = { limitTokens: limitFor(encoder.info, policy, side), urgency: "now", signal } as const;
      const { vectors } = await host.encode(
        texts.map((text) => instruction + text),
        options,
      );
      return { rows: texts.length, dim: encoder.info.dim, vectors };
    },
    async countTokens({ texts }) {
      return (await host.current()).encoder.countTokens(texts);
    },
    collections: () => storage.collections({}),
    createCollection: (input) => storage.createCollection(input),
    ...libraryHandlers({ storage, host, corpora, adapting, fresh, keeping, requireHere }),
    sources: (input) => storage.sources(input),
    readSource: (input) => storage.readSource(input),
    tagSource: (input) => storage.tagSource(input),
    passages: (input) => storage.listPassages(input),
    async add(input, context) {
      const { kind } = await collectionToFill(input.collectionId);
      return addFiles(storage, kind, input, await tools(), fresh, context);
    },
    async addUrl({ url, ...rest }, context) {
      const { kind } = await collectionToFill(rest.collectionId);
      const files = [await fetchFile(url, context)];
      return addFiles(storage, kind, { ...rest, files }, await tools(), fresh, context);
    },
    async index({ collectionId, task, policy = "use" }, context) {
      const { kind } = await collectionOf(collectionId, task);
      if (await linkElsewhere(collectionId))
        return { passages: 0, embedded: 0, kept: [], notices: [], tookMs: 0 };
      const turns = indexing.get(collectionId) ?? createTurns();
      indexing.set(collectionId, turns);
      const job = { storage, host, tools: await tools(), fresh, rate, collectionId, kind, task, policy };
      const report = await turns.take("later", () => indexCollection(job, context), context.signal);
      await announce();
      if (policy === "use") adapting.learnLater({ collectionId, task });
      return report;
    },
    async indexPlan({ collectionId, task, policy = "use" }) {
      await collectionOf(collectionId, task);
      if (await linkElsewhere(collectionId)) return { unfinished: 0, missing: 0, seconds: 0 };
      const { encoder, device } = await host.current();
      const speed = rate.speed(rateKey(encoder.info, device));
      return planIndex(storage, { collectionId, task, policy, model: encoder.info, speed });
    },
    adaptation: (input) => adapting.status(input),
    setAdaptation: ({ choice, ...request }) => adapting.choose(request, choice),
    adapt: (input, context) => adapting.learn(input, context),
    feedback: (input) => adapting.mark(input),
    marks: (input) => storage.marks(input),
    async reward(input, context) {
      const { collectionId, ...rewarded } = await rewardPassages(answering, input, context);
      const status = await adapting.rewarded({ collectionId, task: input.query.task });
      return { ...rewarded, status };
    },
    forgetRewards: (input) => adapting.forgetRewards(input),
    async search(request, { signal }) {
      if (request.collectionIds.length === 0)
        throw new SextantError("engine/invalid-input", "Name at least one collection to search.");
      for (const id of request.collectionIds) await collectionOf(id, request.query.task);
      readAhead({ storage, host, corpora }, request).catch(() => undefined);
      return searchCollections({ storage, host, corpora, wordsOnly, adapting, remotes }, request, signal);
    },
    sentences: (input, { signal }) => scoreSentences({ storage, host, corpora }, input, signal),
    readPassages: ({ passageIds }) => storage.readPassages({ ids: passageIds }),
    passageTimes: (input) => storage.passageTimes(input),
    async storedVectors(request, { signal }) {
      await collectionOf(request.collectionId, request.task);
      return readStoredVectors({ storage, host }, request, signal);
    },
    async prompt({ query, passageIds, exampleIds = [], ...rest }) {
      const { encoder } = await host.current();
      const passages = await storage.readPassages({ ids: passageIds });
      const continuations = await storage.continuations({ ids: passages.map(({ id }) => id) });
      const ranked = passages.map((passage, i) => ({ passage, continuation: continuations[i] ?? null }));
      const countTokens = (text: string) => encoder.countTokens([text])[0] ?? 0;
      const examples = (await storage.readPassages({ ids: exampleIds })).map((passage) => ({
        passage,
        continuation: null,
      }));
      return assemblePrompt({ query, ranked, examples, countTokens, tokenizer: encoder.info.name, ...rest });
    },
  };

  return {
    handlers: tellChanges(handlers, events.emit),
    tools,
    async addPassages(collectionId, name, format, drafts) {
      const text = drafts.map((draft) => draft.text).join("\n");
      const digest = await sha256(`${name}\n${text}`);
      const total = drafts.length;
      const { source } = await storage.addSource({ collectionId, name, format, digest, text, total });
      fresh.set(source.id, drafts);
      return source;
    },
    async close() {
      keeping.close();
      await adapting.close();
      model.text?.close();
      await host.close();
      corpora.close();
      await storage.close();
    },
  };
}
