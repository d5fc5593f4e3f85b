import {
  isSextantError,
  SextantError,
  type CorpusMake,
  type CorpusStore,
  type RemoteAccess,
} from "../contract/index.ts";
import { HURRIED, type AskOptions, type Patience } from "./ask.ts";
import { createChromaStore } from "./chroma-store.ts";
import { flatToMake, makeToFlat, requireSameMake } from "./collection-facts.ts";
import { noChroma } from "./faults.ts";
import { pages, type Page } from "./pages.ts";
import { isRemoteName } from "./remote-name.ts";
import { createSession } from "./session.ts";

/**
 * The index that is asked for. Measured in bench/remote; a distributed deployment has one of its own and takes only the
 * measure from this.
 */
const INDEX = { space: "ip", ef_construction: 200, ef_search: 200, max_neighbors: 32 } as const;

const PAGE = 100;

export interface ChromaOptions {
  readonly patience?: Patience;
  readonly onPause?: AskOptions["onPause"];
}

/** A collection there, or why it cannot be opened, for people. */
export type ListedStore = { readonly remoteName: string } & (
  { readonly store: CorpusStore } | { readonly store: null; readonly name: string; readonly obstacle: string }
);

/** A Chroma server at the address that the person entered. Every call throws `remote/*`. */
export interface Chroma {
  readonly host: string;
  /** Sextant's collections there; others are left out. */
  list(signal?: AbortSignal): Promise<readonly ListedStore[]>;
  /** Throws: `remote/not-found`, `remote/other-version`. */
  open(remoteName: string, signal?: AbortSignal): Promise<CorpusStore>;
  /** Finds or makes it. Throws: `remote/other-model` where it holds something else. */
  openFor(remoteName: string, make: CorpusMake, signal?: AbortSignal): Promise<CorpusStore>;
}

export function openChroma(
  access: RemoteAccess,
  { patience = HURRIED, onPause }: ChromaOptions = {},
): Chroma {
  const session = createSession(access, { patience, onPause });
  /** One that never answered is no server that restarts: a wrong address is said soon. */
  const attempts = Math.min(patience.attempts, HURRIED.attempts);
  const first = createSession(access, { patience: { ...patience, attempts }, onPause });
  const { host } = session.url;

  interface Described {
    readonly id: string;
    readonly name: string;
    readonly metadata?: Readonly<Record<string, unknown>> | undefined;
  }
  const toStore = ({ id, name, metadata }: Described): CorpusStore | null => {
    const known = flatToMake(metadata ?? {});
    return known && createChromaStore({ session, remoteName: name, id, ...known });
  };

  /** What answers must be Chroma of this API before anything is sent to it. */
  async function greet(signal?: AbortSignal): Promise<void> {
    try {
      const beat: unknown = await first.ask((client) => client.heartbeat(), signal);
      if (typeof beat !== "number") throw noChroma(session.url, "its heartbeat is no number");
    } catch (error) {
      if (isSextantError(error, "remote/not-found"))
        throw noChroma(session.url, "it has no heartbeat", error);
      throw error;
    }
  }

  /** Servers differ in whether making a collection that is there changes its metadata: so it is looked for first. */
  async function findOrMake(name: string, make: CorpusMake, signal?: AbortSignal): Promise<Described> {
    try {
      return await session.ask((client) => client.getCollection({ name }), signal);
    } catch (error) {
      if (!isSextantError(error, "remote/not-found")) throw error;
    }
    const settings = { embeddingFunction: null, configuration: { hnsw: INDEX } };
    const metadata = makeToFlat(make, null);
    return session.ask((client) => client.getOrCreateCollection({ name, metadata, ...settings }), signal);
  }

  return {
    host,
    async list(signal) {
      await greet(signal);
      const listed: ListedStore[] = [];
      const read = (page: Page) => session.ask((client) => client.listCollections(page), signal);
      for await (const { found } of pages(PAGE, read, (page) => page.map(({ name }) => name))) {
        if (found.length === 0 && listed.length === 0) await session.requirePlace(signal);
        for (const described of found) {
          const { name: remoteName, metadata } = described;
          try {
            const store = toStore(described);
            if (store) listed.push({ remoteName, store });
          } catch (error) {
            if (!isSextantError(error)) throw error;
            const said = metadata?.["sextant:name"];
            const name = typeof said === "string" ? said : remoteName;
            listed.push({ remoteName, store: null, name, obstacle: error.message });
          }
        }
      }
      return listed;
    },
    async open(remoteName, signal) {
      await greet(signal);
      const found = await session.ask((client) => client.getCollection({ name: remoteName }), signal);
      const store = toStore(found);
      if (store) return store;
      throw new SextantError(
        "remote/not-found",
        `“${remoteName}” at ${host} was not pushed by Sextant: its vectors may be of any model. Choose another, or push one.`,
        { remoteName },
      );
    },
    async openFor(remoteName, make, signal) {
      if (!isRemoteName(remoteName))
        throw new SextantError(
          "engine/invalid-input",
          "A name on the server has 3 to 512 letters, digits, dots, hyphens or underscores, and begins and ends with a letter or digit.",
          { remoteName },
        );
      await greet(signal);
      const found = await findOrMake(remoteName, make, signal);
      const store = toStore(found);
      if (!store)
        throw new SextantError(
          "remote/other-model",
          `“${remoteName}” at ${host} is there already and was not pushed by Sextant. Choose another name.`,
          { remoteName },
        );
      requireSameMake(store.make, make, remoteName);
      return store;
    },
  };
}
