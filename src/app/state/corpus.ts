import {
  KIND_OF_TASK,
  TASK_IDS,
  type Collection,
  type ErrorCode,
  type IndexProgress,
  type IndexReport,
  type InputFile,
  type Kind,
  type Notice,
  type PendingWork,
  type Source,
  type TaskId,
} from "../../contract/index.ts";
import type { Report } from "./jobs.ts";
import { NOT_NARROWED, searchedCollections } from "./refine.ts";
import type { SliceContext } from "./slice.ts";

/** A notice that stays until it is dismissed. */
export interface KeptNotice extends Notice {
  readonly id: number;
}

export interface CorpusState {
  /** False until the collections of this device have been read. */
  readonly ready: boolean;
  readonly collections: readonly Collection[];
  /** The collection that is worked on, by kind; where none was chosen, the first of its kind. */
  readonly chosen: Partial<Readonly<Record<Kind, number>>>;
  readonly sourcesByCollection: Readonly<Record<number, readonly Source[]>>;
  readonly notices: readonly KeptNotice[];
}

export const initialCorpus: CorpusState = {
  ready: false,
  collections: [],
  chosen: {},
  sourcesByCollection: {},
  notices: [],
};

/** One default collection a kind, made when something is first put into it. */
export const DEFAULT_COLLECTIONS = {
  document: "Documents",
  exchange: "Conversations",
  chunk: "Long texts",
  example: "Examples",
  tool: "Tools",
} as const satisfies Record<Kind, string>;

/** A file that the browser holds, or a paste. */
export type Incoming =
  | { readonly name: string; readonly content: string | Uint8Array }
  | {
      readonly name: string;
      readonly size: number;
      readonly lastModified?: number;
      arrayBuffer(): Promise<ArrayBuffer>;
    };

export interface CorpusActions {
  refresh(): Promise<void>;
  /** Stores files under the task's kind, indexes them and searches again. False when none of them was taken. */
  add(task: TaskId, incoming: readonly Incoming[]): Promise<boolean>;
  /** Makes a collection of the task's kind, which is worked on from now on. */
  create(task: TaskId, name: string): Promise<void>;
  /** Works on another collection of its kind. */
  choose(collection: Collection): void;
  /** Deletes a collection with everything in it. */
  drop(collection: Collection): Promise<void>;
  /** Gives every passage that is searched under the task a vector; does nothing when all have one. */
  index(task: TaskId): Promise<void>;
  /** Ends all indexing for now, so that another model can be opened; resolves once it has ended. */
  pauseIndexing(): Promise<void>;
  resume(pending: readonly PendingWork[]): Promise<void>;
  remove(source: Source): Promise<void>;
  /** Puts a person's own words on a source, in the place of those that it has. */
  tag(source: Source, tags: readonly string[]): Promise<void>;
  readText(sourceId: number): Promise<string | undefined>;
  /** Warns about something that was brought. */
  note(code: ErrorCode, file: string, message: string): void;
  dismissNotice(id: number): void;
}

/** Larger files would not fit into memory twice on their way to the engine, which refuses them anyway. */
const LARGEST_READ_BYTES = 256 * 2 ** 20;

/** While indexing, counts and hits are brought up to date this often. */
const SHOW_EVERY_MS = 3000;

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

async function readIncoming(incoming: Incoming): Promise<InputFile | Notice> {
  if ("content" in incoming) return incoming;
  const { name, size, lastModified } = incoming;
  const refused = (code: ErrorCode, message: string): Notice => ({
    level: "error",
    code,
    file: name,
    message,
  });
  if (size > LARGEST_READ_BYTES)
    return refused("ingest/too-large", "This file is too large to be read in one piece. Add it in parts.");
  try {
    const content = new Uint8Array(await incoming.arrayBuffer());
    return lastModified === undefined ? { name, content } : { name, content, modifiedMs: lastModified };
  } catch {
    return refused(
      "ingest/unreadable",
      "The browser could not read this. See whether it is still there, and add it again.",
    );
  }
}

export function createCorpusActions(context: SliceContext): CorpusActions {
  const { engine, read, write } = context;
  const indexing = new Map<string, Promise<boolean>>();
  let pause = new AbortController();
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

  function note(notices: readonly Notice[]): void {
    const kept = notices.map((notice) => ({ ...notice, id: ++lastNotice }));
    write("corpus", { notices: [...read().corpus.notices, ...kept] });
  }

  async function showWhatIsThere(task: TaskId): Promise<void> {
    await actions.refresh();
    const { query } = read();
    if (KIND_OF_TASK[query.task] === KIND_OF_TASK[task]) await context.actions.results.search(query.task);
  }

  function runIndex(collectionId: number, task: TaskId, label: string): Promise<IndexReport | undefined> {
    const { policy } = read().query;
    let shownMs = Date.now();
    const onEvent = (event: IndexProgress, report: Report): void => {
      const { donePassages: done, totalPassages: total, sourceName, passagesPerSecond, secondsLeft } = event;
      if (total === 0) return;
      const perSecond = passagesPerSecond > 0 ? passagesPerSecond : null;
      report(sourceName, { done, total, unit: "passages", perSecond, secondsLeft });
      if (Date.now() - shownMs < SHOW_EVERY_MS) return;
      shownMs = Date.now();
      void showWhatIsThere(task);
    };
    return context.actions.jobs.run(
      label,
      (signal, report) =>
        engine.index(
          { collectionId, task, policy },
          {
            signal: AbortSignal.any([signal, pause.signal]),
            onEvent: (event) => onEvent(event, report),
          },
        ),
      { hiddenUntilReport: true },
    );
  }

  /** One at a time for each collection and task; what waits is given up with what was stopped or has failed. */
  async function indexCollection(collectionId: number, task: TaskId, label: string): Promise<void> {
    const key = `${collectionId}:${task}`;
    const before = indexing.get(key);
    const work = (async (): Promise<boolean> => {
      if (before && !(await before)) return false;
      return (await runIndex(collectionId, task, label)) !== undefined;
    })();
    indexing.set(key, work);
    await work;
    if (indexing.get(key) === work) indexing.delete(key);
    await showWhatIsThere(task);
  }

  const actions: CorpusActions = {
    async refresh() {
      const label = "Listing what is here";
      try {
        const collections = await engine.collections({});
        const lists = await Promise.all(
          collections.map(async ({ id }) => [id, await engine.sources({ collectionId: id })] as const),
        );
        write("corpus", { ready: true, collections, sourcesByCollection: Object.fromEntries(lists) });
        context.actions.passages.forget();
        context.actions.query.holdCursor();
        context.actions.jobs.settle(label);
      } catch (error) {
        context.actions.jobs.fail(label, error);
      }
    },
    async add(task, incoming) {
      const label = incoming.length === 1 ? `Adding ${incoming[0]?.name}` : `Adding ${incoming.length} files`;
      const report = await context.actions.jobs.run(label, async (signal, report) => {
        const contents = await Promise.all(incoming.map(readIncoming));
        note(contents.filter((one) => "code" in one));
        const files = contents.filter((one) => "content" in one);
        if (files.length === 0) return undefined;
        const { id: collectionId } = await collectionFor(KIND_OF_TASK[task]);
        return engine.add(
          { collectionId, files },
          {
            signal,
            onEvent: ({ doneFiles: done, totalFiles: total, file }) =>
              report(file, { done, total, unit: "files", perSecond: null, secondsLeft: null }),
          },
        );
      });
      await actions.refresh();
      if (!report) return false;
      const known = report.unchanged.map(({ name }): Notice => {
        const message = "The same text is here already; nothing was added.";
        return { level: "warning", code: "storage/conflict", file: name, message };
      });
      note([...report.notices, ...known]);
      const text = report.added[0] ?? report.unchanged[0];
      if (task === "lrlm" && text) context.actions.query.setCursor(text.id, text.total);
      const isTaken = report.added.length > 0 || report.unchanged.length > 0;
      if (isTaken) await actions.index(task);
      return isTaken;
    },
    async create(task, name) {
      const kind = KIND_OF_TASK[task];
      const made = await context.actions.jobs.run(`Making ${name}`, () =>
        engine.createCollection({ name, kind }),
      );
      if (!made) return;
      await actions.refresh();
      actions.choose(made);
    },
    choose({ id, kind }) {
      write("corpus", { chosen: { ...read().corpus.chosen, [kind]: id } });
      context.actions.refine.narrow(kind, NOT_NARROWED);
      context.actions.query.holdCursor();
      const { task } = read().query;
      void context.actions.results.search(task);
      void actions.index(task);
    },
    async drop({ id, name }) {
      await context.actions.jobs.run(`Deleting ${name}`, () => engine.deleteCollection({ collectionId: id }));
      await actions.refresh();
      await context.actions.results.search(read().query.task);
    },
    async index(task) {
      for (const { id, name } of searchedCollections(read(), task))
        if (read().corpus.sourcesByCollection[id]?.length)
          await indexCollection(id, task, `Indexing ${name}`);
    },
    async pauseIndexing() {
      pause.abort();
      pause = new AbortController();
      await Promise.all(indexing.values());
    },
    async resume(pending) {
      for (const collectionId of new Set(pending.map((work) => work.collectionId))) {
        const works = pending.filter((work) => work.collectionId === collectionId);
        const kind = read().corpus.collections.find(({ id }) => id === collectionId)?.kind;
        const current = read().query.task;
        const task =
          KIND_OF_TASK[current] === kind ? current : TASK_IDS.find((id) => KIND_OF_TASK[id] === kind);
        const [first, ...others] = works;
        if (!task || !first) continue;
        const names =
          others.length === 0 ? first.sourceName : `${first.sourceName} and ${others.length} more`;
        await indexCollection(collectionId, task, `Finishing ${names}: it was interrupted`);
      }
    },
    async remove(source) {
      await context.actions.jobs.run(`Removing ${source.name}`, () =>
        engine.removeSources({ sourceIds: [source.id] }),
      );
      await actions.refresh();
      await context.actions.results.search(read().query.task);
    },
    async tag({ id, name }, tags) {
      await context.actions.jobs.run(
        `Tagging ${name}`,
        (signal) => engine.tagSource({ sourceId: id, tags }, { signal }),
        { hiddenUntilReport: true },
      );
      await actions.refresh();
    },
    readText(sourceId) {
      return context.actions.jobs.run(
        "Opening the source",
        async () => (await engine.readSource({ sourceId })).text,
        { hiddenUntilReport: true },
      );
    },
    note(code, file, message) {
      note([{ level: "warning", code, file, message }]);
    },
    dismissNotice(id) {
      write("corpus", { notices: read().corpus.notices.filter((notice) => notice.id !== id) });
    },
  };
  return actions;
}
