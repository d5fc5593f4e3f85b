import {
  isSextantError,
  SextantError,
  type Collection,
  type CorpusMake,
  type CorpusStore,
  type EngineCalls,
  type Handlers,
  type ModelInfo,
  type Policy,
  type PullRequest,
  type RemoteAccess,
  type RemoteLink,
  type RemoteListing,
  type RemoteServer,
  type Storage,
  type TaskId,
} from "../../contract/index.ts";
import { createTurns } from "../../base/turns.ts";
import { openChroma, PATIENT, remoteNameOf, requireSameMake } from "../../remote/index.ts";
import type { Corpora } from "../corpora.ts";
import type { EncoderHost } from "../encoder-host.ts";
import { vectorKey } from "../vector-key.ts";
import { serverName, type Links } from "./links.ts";
import { pullCorpus } from "./pull-corpus.ts";
import { pushCorpus } from "./push-corpus.ts";
import { livesElsewhere, type RemoteCorpora } from "./remote-corpora.ts";
import { collectionPushSource } from "./collection-push-source.ts";

export interface RemoteParts {
  readonly storage: Storage;
  readonly host: EncoderHost;
  readonly links: Links;
  readonly remotes: RemoteCorpora;
  readonly corpora: Pick<Corpora, "forgetCollection">;
  readonly collectionOf: (collectionId: number, task?: TaskId) => Promise<Collection>;
  readonly index: Handlers<EngineCalls>["index"];
}

type RemoteCall = "remotes" | "listRemote" | "openRemote" | "push" | "pull" | "forgetRemote";

/** The engine's calls that copy collections to servers and from them. */
export function remoteHandlers(parts: RemoteParts): Pick<Handlers<EngineCalls>, RemoteCall> {
  const { storage, host, links, remotes, corpora, collectionOf } = parts;
  /** Two pulls of one collection would each put in what the other does. */
  const pulls = createTurns();

  async function makeOf({ id, name, kind }: Collection, task: TaskId, policy: Policy): Promise<CorpusMake> {
    const { encoder, device } = await host.current();
    const { info } = encoder;
    if (info.dim === 0)
      throw new SextantError(
        "search/no-vectors",
        `${info.name} has no vectors to push: choose a model that embeds.`,
      );
    const sources = await storage.sources({ collectionId: id });
    const chunkers = [...new Set(sources.map(({ format }) => format.split("?")[0] ?? format))].sort();
    const { id: modelId, dim, similarity } = info;
    return {
      name,
      kind,
      task,
      modelId,
      modelKey: vectorKey(info, policy),
      dtype: device.dtype,
      dim,
      similarity,
      chunkers,
    };
  }

  /**
   * The collection here that stands for one there; made where there is none. Until it is pulled it lives there, unless it
   * has sources of its own: nothing may stand in front of those.
   */
  async function linkTo(
    { access, remoteName, collectionId: wanted }: PullRequest,
    store: CorpusStore,
    signal: AbortSignal,
  ): Promise<RemoteLink> {
    const server = serverOf(links.accessTo(access));
    const passages = await store.count({ signal });
    const { name, kind, task, modelKey } = store.make;
    const known = (await links.all()).filter(
      (link) => link.remoteName === remoteName && serverName(link.server) === serverName(server),
    );
    const same = known.find(({ collectionId }) => wanted === undefined || collectionId === wanted);
    if (same) return same;
    const before = wanted === undefined ? null : await links.of(wanted);
    if (before?.mode === "remote") throw livesElsewhere(before);
    const create = async () => storage.createCollection({ name: await freeName(storage, name), kind });
    const { id: collectionId, sources } = await (wanted === undefined
      ? create()
      : collectionOf(wanted, task));
    const link = {
      collectionId,
      mode: sources > 0 ? "pushed" : "remote",
      server,
      remoteName,
      task,
      policy: policyOf(modelKey),
      atMs: Date.now(),
      passages,
    } as const;
    await links.write(link);
    remotes.forget(collectionId);
    return link;
  }

  return {
    remotes: () => links.all(),
    async listRemote({ access }, { signal }) {
      const { info } = (await host.current()).encoder;
      const listed = await openChroma(links.accessTo(access)).list(signal);
      return Promise.all(
        listed.map(async ({ remoteName, ...one }): Promise<RemoteListing> => {
          if (one.store === null) return { remoteName, name: one.name, kind: null, obstacle: one.obstacle };
          const { make } = one.store;
          const passages = await one.store.count({ signal });
          return { ...make, remoteName, passages, obstacle: obstacleOf(make, remoteName, info) };
        }),
      );
    },
    async openRemote({ access, remoteName, collectionId }, { signal }) {
      const store = await openChroma(links.accessTo(access)).open(remoteName, signal);
      const link = await linkTo(
        { access, remoteName, ...(collectionId !== undefined && { collectionId }) },
        store,
        signal,
      );
      return collectionOf(link.collectionId);
    },
    async push({ collectionId, task, policy = "use", access, deletes = false, ...request }, context) {
      const startedMs = performance.now();
      const collection = await collectionOf(collectionId, task);
      const link = await links.of(collectionId);
      if (link?.mode === "remote") throw livesElsewhere(link);
      const make = await makeOf(collection, task, policy);
      const server = serverOf(links.accessTo(access));
      const chroma = openChroma(links.accessTo(access), { patience: PATIENT });
      // What cannot be reached is found out before anything is embedded for it.
      const remoteName = request.remoteName ?? (await remoteNameOf(collection.name, task));
      const store = await chroma.openFor(remoteName, make, context.signal);
      const copies = (await links.all()).filter(
        (one) => one.remoteName === remoteName && serverName(one.server) === serverName(server),
      );
      const isOwn = copies.some((one) => one.collectionId === collectionId);
      const isOther = store.make.name !== make.name || copies.length > 0;
      if (isOther && !isOwn && request.remoteName === undefined)
        throw new SextantError(
          "remote/other-model",
          `“${remoteName}” on the server is a copy of another collection, “${store.make.name}”. Rename this one, or choose another name there.`,
          { remoteName },
        );
      await parts.index({ collectionId, task, policy }, { ...context, emit: () => undefined });
      const { id: indexId } = await storage.openIndex({
        collectionId,
        task,
        modelKey: make.modelKey,
        dim: make.dim,
      });
      const total = (await collectionOf(collectionId)).passages;
      const source = collectionPushSource(storage, { collectionId, indexId, dim: make.dim, total });
      const { signal, emit: onProgress } = context;
      const pushed = await pushCorpus(source, store, { signal, scope: "whole", deletes, onProgress });
      const { passages } = pushed;
      await links.write({
        collectionId,
        mode: "pushed",
        server,
        remoteName,
        task,
        policy,
        atMs: Date.now(),
        passages,
      });
      return { ...pushed, remoteName, tookMs: performance.now() - startedMs };
    },
    async pull(request, { signal, emit: onProgress }) {
      const { access, remoteName } = request;
      const store = await openChroma(links.accessTo(access), { patience: PATIENT }).open(remoteName, signal);
      const { task, modelKey, dim } = store.make;
      const link = await linkTo(request, store, signal);
      const { collectionId } = link;
      const { info } = (await host.current()).encoder;
      const isOurs = vectorKey(info, link.policy) === modelKey && info.dim === dim;
      const index = isOurs ? await storage.openIndex({ collectionId, task, modelKey, dim }) : null;
      const isCache = link.mode === "remote";
      const turns = remotes.turnsOf(collectionId);
      const target = { storage, collectionId, index, isCache, turns, signal, onProgress };
      // What was replaced on the way is not to be found any more, also where the pull was cut off.
      const pulled = await pulls
        .take("later", () => pullCorpus(store, target), signal)
        .finally(() => corpora.forgetCollection(collectionId));
      await links.write({ ...link, mode: "pushed", atMs: Date.now(), passages: pulled.passages });
      remotes.forget(collectionId);
      return { collection: await collectionOf(collectionId), ...pulled };
    },
    async forgetRemote({ collectionId }) {
      await links.forget(collectionId);
      remotes.forget(collectionId);
    },
  };
}

/** Why a collection there cannot be searched with the model that is open; null where it can. */
function obstacleOf(make: CorpusMake, remoteName: string, info: ModelInfo): string | null {
  try {
    requireSameMake(
      make,
      { ...make, modelKey: vectorKey(info, policyOf(make.modelKey)), dim: info.dim },
      remoteName,
    );
    return null;
  } catch (error) {
    if (!isSextantError(error)) throw error;
    return error.message;
  }
}

function policyOf(modelKey: string): Policy {
  return modelKey.endsWith("/paper") ? "paper" : "use";
}

function serverOf({ url, tenant, database }: RemoteAccess): RemoteServer {
  return { url, tenant, database };
}

async function freeName(storage: Storage, name: string): Promise<string> {
  const taken = new Set((await storage.collections({})).map((collection) => collection.name));
  let free = name;
  for (let n = 2; taken.has(free); n++) free = `${name} (${n})`;
  return free;
}
