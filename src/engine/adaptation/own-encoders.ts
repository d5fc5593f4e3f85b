import {
  type AdaptationChoice,
  type AdaptationReport,
  type AdaptationRequest,
  type AdapterKey,
  type AdapterKind,
  type Policy,
  type Storage,
  type TaskId,
} from "../../contract/index.ts";
import { adaptVector, parseAdapter, type Adapter } from "../../train/index.ts";
import { readChoice, writeChoice } from "./choice.ts";

/** What a collection learned, as it is stored. */
export interface Entry {
  readonly adapter: Adapter | null;
  readonly learned: Learned | null;
}

/** What is stored beside the adapter. */
export interface Learned {
  readonly report: AdaptationReport;
  /** What the collection looked like then. */
  readonly shape: string;
}

export interface AdaptedQuery {
  readonly collectionIds: readonly number[];
  readonly task: TaskId;
  readonly text: string;
  readonly policy: Policy;
  readonly modelKey: string;
  readonly full: Float32Array;
  /** In the place of what was chosen. */
  readonly choice?: AdaptationChoice | undefined;
}

/** Collections' own query encoders and whether each is wanted, read from storage once and kept. */
export interface OwnEncoders {
  entryOf(key: AdapterKey): Promise<Entry>;
  keep(key: AdapterKey, entry: Entry): void;
  choiceOf(request: AdaptationRequest): Promise<AdaptationChoice>;
  choose(request: AdaptationRequest, choice: AdaptationChoice): Promise<void>;
  queryVectorOf(
    query: AdaptedQuery,
  ): Promise<{ readonly vector: Float32Array; readonly encodedBy: AdapterKind }>;
  forgetCollection(collectionId: number): void;
}

/** Exact reproduction of the paper leaves queries as the model encodes them. */
export const ADAPTED_POLICY: Policy = "use";

const NOTHING: Entry = { adapter: null, learned: null };

/** Where the person asks for it, the table is used although it won nothing. */
const ASKED_PART = 0.5;

export function createOwnEncoders(storage: Storage): OwnEncoders {
  const entries = new Map<string, Promise<Entry>>();
  const choices = new Map<string, Promise<AdaptationChoice>>();
  const nameOf = ({ collectionId, task }: AdaptationRequest): string => `${collectionId} ${task}`;
  const nameOfKey = (key: AdapterKey): string => `${nameOf(key)} ${key.modelKey}`;

  async function load(key: AdapterKey): Promise<Entry> {
    const stored = await storage.readAdapter(key);
    const adapter = stored && parseAdapter(stored.bytes);
    return stored && adapter ? { adapter, learned: JSON.parse(stored.report) as Learned } : NOTHING;
  }

  function once<T>(known: Map<string, Promise<T>>, name: string, read: () => Promise<T>): Promise<T> {
    const before = known.get(name);
    if (before) return before;
    const value = read();
    known.set(name, value);
    value.catch(() => known.delete(name));
    return value;
  }

  const entryOf = (key: AdapterKey): Promise<Entry> => once(entries, nameOfKey(key), () => load(key));
  const choiceOf = (request: AdaptationRequest): Promise<AdaptationChoice> =>
    once(choices, nameOf(request), () => readChoice(storage, request));

  return {
    entryOf,
    choiceOf,
    keep(key, entry) {
      entries.set(nameOfKey(key), Promise.resolve(entry));
    },
    async choose(request, choice) {
      await writeChoice(storage, request, choice);
      choices.set(nameOf(request), Promise.resolve(choice));
    },
    async queryVectorOf({ collectionIds, task, text, policy, modelKey, full, choice }) {
      const [collectionId] = collectionIds;
      const unchanged = { vector: full, encodedBy: "full" } as const;
      if (collectionId === undefined || collectionIds.length > 1 || policy !== ADAPTED_POLICY)
        return unchanged;
      const [chosen, { adapter }] = await Promise.all([
        choice ?? choiceOf({ collectionId, task }),
        entryOf({ collectionId, task, modelKey }),
      ]);
      if (!adapter) return unchanged;
      const used = usedOf(adapter, chosen);
      return { vector: adaptVector(used, text, full), encodedBy: used.winner };
    },
    forgetCollection(collectionId) {
      for (const known of [entries, choices])
        for (const name of known.keys()) if (name.startsWith(`${collectionId} `)) known.delete(name);
    },
  };
}

/** The adapter that queries are encoded with where the person chose so. */
export function usedOf(adapter: Adapter, choice: AdaptationChoice): Adapter {
  if (choice === "off") return { ...adapter, winner: "full", part: 0 };
  if (choice === "on" && adapter.winner === "full" && adapter.table.rowByWord.size > 0)
    return { ...adapter, winner: "table", part: ASKED_PART };
  return adapter;
}
