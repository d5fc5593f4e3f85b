import {
  KIND_OF_TASK,
  KINDS,
  TASK_IDS,
  type Collection,
  type ErrorCode,
  type IndexPlan,
  type Kind,
  type Notice,
  type PendingWork,
  type Source,
  type TaskId,
} from "../../contract/index.ts";
import { formatCount } from "../parts/format.ts";
import { ingest } from "../words/en/ingest.ts";
import { work } from "../words/en/work.ts";
import { wordsOf } from "../words/words.ts";
import { DEFAULT_COLLECTIONS } from "./collection-name.ts";
import { createIndexRuns, indexingLabel, type RunEnd } from "./index-runs.ts";
import { isUnread } from "./queue.ts";
import { NOT_NARROWED, searchedCollections } from "./refine.ts";
import type { SliceContext } from "./slice.ts";

/** A notice that stays until it is dismissed. */
export interface KeptNotice extends Notice {
  readonly id: number;
  /** Files of which the same is to be said. */
  readonly others: number;
}

export interface CorpusState {
  /** False until the collections of this device have been read. */
  readonly ready: boolean;
  readonly collections: readonly Collection[];
  /** The collection that is worked on, by kind; where none was chosen, the first of its kind. */
  readonly chosen: Partial<Readonly<Record<Kind, number>>>;
  readonly sourcesByCollection: Readonly<Record<number, readonly Source[]>>;
  readonly notices: readonly KeptNotice[];
  /** Work that is so long that a person decides. */
  readonly offers: readonly Offer[];
}

export const initialCorpus: CorpusState = {
  ready: false,
  collections: [],
  chosen: {},
  sourcesByCollection: {},
  notices: [],
  offers: [],
};

const CHOSEN = "sextant.chosen";

/** The collections that were worked on last on this device. */
export function storedCorpus(readPreference: (name: string) => string | null): CorpusState {
  const stored = new Map<string, unknown>();
  try {
    for (const [kind, id] of Object.entries(JSON.parse(readPreference(CHOSEN) ?? "{}") as object))
      stored.set(kind, id);
  } catch {
    // Another program's, or cut off: nothing was chosen then.
  }
  const chosen = KINDS.map((kind) => [kind, stored.get(kind)] as const);
  return {
    ...initialCorpus,
    chosen: Object.fromEntries(chosen.filter(([, id]) => Number.isSafeInteger(id))),
  };
}

/** Passages without a vector, because another task, model or length was in use: what embedding them costs. */
export interface Offer extends IndexPlan {
  readonly collection: Collection;
  readonly task: TaskId;
}

export interface CorpusActions {
  refresh(): Promise<void>;
  /** Reads again once nothing else is under way: many files change what is here many times a second. */
  refreshSoon(): void;
  /** The collection of a kind that is worked on; made where there is none. */
  collectionFor(kind: Kind): Promise<Collection>;
  /** Makes a collection of the task's kind, which is worked on from now on. */
  create(task: TaskId, name: string): Promise<void>;
  /** Works on another collection of its kind. */
  choose(collection: Collection): void;
  /** Gives every passage that is searched under the task a vector; does nothing when all have one. */
  index(task: TaskId): Promise<void>;
  /** The same where that takes no more than a moment; else it is offered, with what it costs. */
  indexOrOffer(task: TaskId): Promise<void>;
  /** Takes up an offer, or lets it go. */
  decide(offer: Offer, isTaken: boolean): Promise<void>;
  /** Indexes what was just stored: `beside` does nothing while that is under way, `after` waits for it. */
  indexStored(collectionId: number, task: TaskId, when: "beside" | "after"): Promise<RunEnd>;
  /** Ends all indexing for now, so that another model can be opened; resolves once it has ended. */
  pauseIndexing(): Promise<void>;
  resume(pending: readonly PendingWork[]): Promise<void>;
  /** Puts a person's own words on a source, in the place of those that it has. */
  tag(source: Source, tags: readonly string[]): Promise<void>;
  readText(sourceId: number): Promise<string | undefined>;
  /** Takes a source away that another will stand for. */
  removeQuietly(sourceId: number): Promise<void>;
  noteAll(notices: readonly Notice[]): void;
  /** Warns about something that was brought. */
  note(code: ErrorCode, file: string, message: string): void;
  dismissNotice(id: number): void;
}

const words = () => wordsOf("ingest", ingest);

/** What is embedded without asking: a moment's work, or a few batches where no rate was measured. */
const MOMENT = { seconds: 10, passages: 512 };

/** While many files are read, the lists are brought up to date this often. */
const REFRESH_EVERY_MS = 1000;

/** The collection of a kind that is worked on, or undefined while there is none. */
export function collectionOf(
  { collections, chosen }: Pick<CorpusState, "collections" | "chosen">,
  kind: Kind,
): Collection | undefined {
  return (
    collections.find((one) => one.kind === kind && one.id === chosen[kind]) ??
    collections.find((one) => one.kind === kind && one.name === DEFAULT_COLLECTIONS[kind]) ??
    collections.find((one) => one.kind === kind)
  );
}

export function createCorpusActions(context: SliceContext): CorpusActions {
  const { engine, read, write } = context;
  const runs = createIndexRuns(context, showWhatIsThere);
  /** Something else, such as another model, is on its way: what comes beside waits for it. */
  let isHeld = false;
  let refreshTimer: ReturnType<typeof setTimeout> | undefined;
  const creating = new Map<Kind, Promise<Collection>>();
  let lastNotice = 0;

  async function collectionFor(kind: Kind): Promise<Collection> {
    const found = collectionOf(read().corpus, kind);
    if (found) return found;
    const making =
      creating.get(kind) ??
      engine
        .createCollection({ name: DEFAULT_COLLECTIONS[kind], kind })
        .then((made) => {
          write("corpus", { collections: [...read().corpus.collections, made] });
          return made;
        })
        .finally(() => creating.delete(kind));
    creating.set(kind, making);
    return making;
  }

  /** The same remark on many files is one notice. */
  function note(notices: readonly Notice[]): void {
    const kept = [...read().corpus.notices];
    for (const notice of notices) {
      const same = kept.findIndex(
        ({ level, code, message }) =>
          level === notice.level && code === notice.code && message === notice.message,
      );
      const before = kept[same];
      if (before) kept[same] = { ...before, others: before.others + 1 };
      else kept.push({ ...notice, others: 0, id: ++lastNotice });
    }
    write("corpus", { notices: kept });
  }

  async function showWhatIsThere(task: TaskId): Promise<void> {
    await actions.refresh();
    const { query } = read();
    if (KIND_OF_TASK[query.task] === KIND_OF_TASK[task]) await context.actions.results.search(query.task);
  }

  /** Whether that is done in a moment; with a cost of nothing as well. */
  function isMoment({ unfinished, missing, seconds }: IndexPlan): boolean {
    return seconds === null ? unfinished + missing <= MOMENT.passages : seconds <= MOMENT.seconds;
  }

  function offer(collection: Collection, task: TaskId, plan: IndexPlan): void {
    const { offers } = read().corpus;
    const others = offers.filter((one) => !isSame(one, { collection, task }));
    write("corpus", { offers: [...others, { collection, task, ...plan }] });
  }

  function planOf(collectionId: number, task: TaskId): Promise<IndexPlan | undefined> {
    const { policy } = read().query;
    return context.actions.jobs.run(
      words().counting,
      (signal) => engine.indexPlan({ collectionId, task, policy }, { signal }),
      { hiddenUntilReport: true },
    );
  }

  const actions: CorpusActions = {
    async refresh() {
      const label = wordsOf("work", work).listingHere;
      try {
        const collections = await engine.collections({});
        const lists = await Promise.all(
          collections.map(async ({ id }) => [id, await engine.sources({ collectionId: id })] as const),
        );
        write("corpus", { ready: true, collections, sourcesByCollection: Object.fromEntries(lists) });
        context.actions.safety.watch();
        context.actions.passages.forget();
        context.actions.query.holdCursor();
        context.actions.jobs.settle(label);
      } catch (error) {
        context.actions.jobs.fail(label, error);
      }
    },
    refreshSoon() {
      if (refreshTimer !== undefined) return;
      const isBusy = read().queue.files.some(isUnread);
      if (!isBusy) return void actions.refresh();
      refreshTimer = setTimeout(() => {
        refreshTimer = undefined;
        void actions.refresh();
      }, REFRESH_EVERY_MS);
    },
    collectionFor,
    async create(task, name) {
      const kind = KIND_OF_TASK[task];
      const made = await context.actions.jobs.run(wordsOf("work", work).making(name), () =>
        engine.createCollection({ name, kind }),
      );
      if (!made) return;
      await actions.refresh();
      actions.choose(made);
    },
    choose({ id, kind }) {
      const chosen = { ...read().corpus.chosen, [kind]: id };
      write("corpus", { chosen });
      context.environment.writePreference(CHOSEN, JSON.stringify(chosen));
      context.actions.refine.narrow(kind, NOT_NARROWED);
      context.actions.query.holdCursor();
      const { task } = read().query;
      void context.actions.results.search(task);
      void actions.indexOrOffer(task);
    },
    async index(task) {
      isHeld = false;
      for (const { id, name } of searchedCollections(read(), task))
        if (read().corpus.sourcesByCollection[id]?.length) await runs.run(id, task, indexingLabel(name));
    },
    async indexOrOffer(task) {
      isHeld = false;
      for (const collection of searchedCollections(read(), task)) {
        const { id, name } = collection;
        if (!read().corpus.sourcesByCollection[id]?.length) continue;
        const plan = await planOf(id, task);
        if (!plan) return;
        // What is being stored now is embedded in its turn.
        if (plan.unfinished + plan.missing === 0 || read().queue.files.some(isUnread)) continue;
        if (isMoment(plan)) await runs.run(id, task, indexingLabel(name));
        else offer(collection, task, plan);
      }
    },
    async decide({ collection, task }, isTaken) {
      const offers = read().corpus.offers.filter((one) => !isSame(one, { collection, task }));
      write("corpus", { offers });
      if (isTaken) await runs.run(collection.id, task, indexingLabel(collection.name));
    },
    async indexStored(collectionId, task, when) {
      if (when === "beside" && (isHeld || runs.isRunning(collectionId, task))) return "done";
      const name = read().corpus.collections.find(({ id }) => id === collectionId)?.name ?? "";
      return runs.run(collectionId, task, indexingLabel(name));
    },
    async pauseIndexing() {
      isHeld = true;
      await runs.pause();
    },
    async resume(pending) {
      isHeld = false;
      for (const collectionId of new Set(pending.map((work) => work.collectionId))) {
        const works = pending.filter((work) => work.collectionId === collectionId);
        const collection = read().corpus.collections.find(({ id }) => id === collectionId);
        const current = read().query.task;
        const task =
          KIND_OF_TASK[current] === collection?.kind
            ? current
            : TASK_IDS.find((id) => KIND_OF_TASK[id] === collection?.kind);
        const [first, ...others] = works;
        if (!task || !first || !collection) continue;
        const plan = await planOf(collectionId, task);
        if (!plan) continue;
        // What was cut off was asked for; vectors of another task or model were not.
        if (plan.missing > 0 && !isMoment({ ...plan, unfinished: 0 })) {
          offer(collection, task, plan);
          continue;
        }
        const names =
          others.length === 0
            ? first.sourceName
            : words().andMore(first.sourceName, formatCount(others.length));
        await runs.run(collectionId, task, words().finishing(names));
      }
    },
    async tag({ id, name }, tags) {
      await context.actions.jobs.run(
        wordsOf("work", work).tagging(name),
        (signal) => engine.tagSource({ sourceId: id, tags }, { signal }),
        { hiddenUntilReport: true },
      );
      await actions.refresh();
    },
    readText(sourceId) {
      return context.actions.jobs.run(
        wordsOf("work", work).openingSource,
        async () => (await engine.readSource({ sourceId })).text,
        { hiddenUntilReport: true },
      );
    },
    async removeQuietly(sourceId) {
      await engine.removeSources({ sourceIds: [sourceId] });
    },
    noteAll: note,
    note(code, file, message) {
      note([{ level: "warning", code, file, message }]);
    },
    dismissNotice(id) {
      write("corpus", { notices: read().corpus.notices.filter((notice) => notice.id !== id) });
    },
  };
  return actions;
}

function isSame(a: Pick<Offer, "collection" | "task">, b: Pick<Offer, "collection" | "task">): boolean {
  return a.collection.id === b.collection.id && a.task === b.task;
}
