import {
  KIND_OF_TASK,
  toSextantError,
  type AddReport,
  type AddRequest,
  type ImportOptions,
  type KeptVectors,
  type ReadColumns,
  type Source,
  type TaskId,
} from "../../contract/index.ts";
import { ingest } from "../words/en/ingest.ts";
import { wordsOf } from "../words/words.ts";
import type { Reason } from "./model.ts";
import type { SliceContext } from "./slice.ts";

/** A paste, a file that the browser holds and nobody has read yet, or a web address. */
export type Incoming = AddRequest["files"][number] | { readonly name: string; readonly url: string };

export interface QueuedFile {
  readonly id: number;
  readonly name: string;
  readonly task: TaskId;
  readonly collectionId: number;
  /** Which addition it came with: the same for all that was chosen or dropped at once. */
  readonly addition: number;
  readonly state: "waiting" | "reading" | "stored" | "failed";
  /** What became of it. */
  readonly sourceIds: readonly number[];
  /** Why it was not taken. */
  readonly failure: Reason | null;
  /** It can be chosen anew: it came from the person's files. */
  readonly isFile: boolean;
  readonly isPaste: boolean;
  /** Columns that were guessed, until a person has confirmed them. */
  readonly columns: ReadColumns | null;
  /** Sources of the same name that were here before, until a person has said whether this takes their place. */
  readonly older: readonly number[];
  /** Of its passages, how many had a vector already. */
  readonly kept: { readonly passages: number; readonly kept: number };
}

export interface QueueState {
  readonly files: readonly QueuedFile[];
  readonly paused: boolean;
  /** Names of files that had not been read when this tab was closed or reloaded. */
  readonly unread: readonly string[];
}

export const initialQueue: QueueState = { files: [], paused: false, unread: [] };

export interface QueueActions {
  /** Reads one after the other, and indexes meanwhile. Resolves when all is done; false when none was taken. */
  add(task: TaskId, incoming: readonly Incoming[], options?: ImportOptions): Promise<boolean>;
  /** Begins no other file and ends indexing after the batch in hand. */
  pause(): Promise<void>;
  resume(): void;
  /** Lets go of what was not read yet; what was read stays, and can be indexed later. */
  cancel(): Promise<void>;
  /** Takes one file off the list; one that waits is not read. */
  drop(id: number): void;
  /** Reads a file again, from what was chosen anew where it is given. */
  retry(id: number, anew?: Incoming): Promise<boolean>;
  /** Reads a table's examples from these columns. */
  confirm(id: number, columns: { readonly input: string; readonly output: string }): Promise<void>;
  /** Removes the sources that files of the same name take the place of, once those are indexed; else keeps both. */
  replaceOlder(isWanted: boolean): Promise<void>;
  /** Takes in what an indexing run found there already. */
  noteKept(kept: readonly KeptVectors[]): void;
  /** Looks for what was left unread by this tab's last page. */
  recall(): void;
  forgetUnread(): void;
}

const UNREAD = "sextant.unread";

export function createQueueActions(context: SliceContext): QueueActions {
  const { engine, environment, read, write } = context;
  const incomingById = new Map<number, Incoming>();
  const optionsById = new Map<number, ImportOptions>();
  const waiters = new Map<number, () => void>();
  let lastId = 0;
  let lastAddition = 0;
  let reading: Promise<void> | undefined;
  let current = new AbortController();
  let resumed = Promise.resolve();
  let letGo: () => void = () => undefined;
  const stopped = new Set<string>();

  const files = (): readonly QueuedFile[] => read().queue.files;
  const find = (id: number) => files().find((file) => file.id === id);
  const patch = (id: number, change: Partial<QueuedFile>): void =>
    write("queue", { files: files().map((file) => (file.id === id ? { ...file, ...change } : file)) });

  function settle(id: number): void {
    waiters.get(id)?.();
    waiters.delete(id);
  }

  function forget(gone: (file: QueuedFile) => boolean): void {
    const leaving = files().filter(gone);
    if (leaving.length === 0) return;
    write("queue", { files: files().filter((file) => !gone(file)) });
    for (const { id } of leaving) {
      incomingById.delete(id);
      optionsById.delete(id);
      settle(id);
    }
  }

  /** A page that goes while files wait cannot read them later: their names are kept to be told. */
  function rememberUnread(): void {
    const names = files()
      .filter(isUnread)
      .map(({ name }) => name);
    environment.writeVisit(UNREAD, names.length === 0 ? null : JSON.stringify(names));
  }

  async function askEngine({ id, collectionId }: QueuedFile): Promise<AddReport | null> {
    const incoming = incomingById.get(id);
    if (incoming === undefined) return null;
    const options = optionsById.get(id);
    const more = { collectionId, ...(options ? { options } : {}) };
    const { signal } = current;
    if ("url" in incoming) return engine.addUrl({ ...more, url: incoming.url }, { signal });
    return engine.add({ ...more, files: [incoming] }, { signal });
  }

  /** Takes in what became of a file. */
  function take(file: QueuedFile, { added, unchanged, notices, columns }: AddReport): void {
    const sources = [...added, ...unchanged];
    const failed = sources.length === 0 ? notices.find(({ level }) => level === "error") : undefined;
    const others = notices.filter((notice) => notice !== failed);
    const known = wordsOf("ingest", ingest).knownText;
    context.actions.corpus.noteAll([
      ...others,
      ...unchanged.map(({ name }) => ({
        level: "warning" as const,
        code: "storage/conflict" as const,
        file: name,
        message: known,
      })),
    ]);
    patch(file.id, {
      state: failed ? "failed" : "stored",
      sourceIds: sources.map(({ id }) => id),
      failure: failed ? { code: failed.code, message: failed.message } : null,
      columns: columns.find((one) => !one.columns.isSure)?.columns ?? null,
      older: file.isPaste ? [] : olderNamesakes(file, added),
    });
    const text = sources[0];
    if (file.task === "lrlm" && text) context.actions.query.setCursor(text.id, text.total);
  }

  /** What was here, or came in an earlier addition, under the names that a file has brought in another form. */
  function olderNamesakes({ collectionId, addition }: QueuedFile, added: readonly Source[]): number[] {
    const beside = files().filter((file) => file.addition === addition);
    const ours = new Set(beside.flatMap(({ sourceIds }) => sourceIds));
    const names = new Set(added.map(({ name }) => name));
    return (read().corpus.sourcesByCollection[collectionId] ?? [])
      .filter(({ id, name }) => names.has(name) && !ours.has(id) && added.every((one) => one.id !== id))
      .map(({ id }) => id);
  }

  async function readOne(file: QueuedFile): Promise<void> {
    patch(file.id, { state: "reading", failure: null });
    try {
      const report = await askEngine(file);
      if (report) take(file, report);
      else forget(({ id }) => id === file.id);
    } catch (error) {
      const { code, message } = toSextantError(error);
      if (code === "base/aborted") return forget(({ id }) => id === file.id);
      patch(file.id, { state: "failed", failure: { code, message } });
      // Not this file's fault: the next one would fare the same.
      if (code.startsWith("storage/") || code.startsWith("boundary/")) void actions.pause();
    }
    settle(file.id);
  }

  const keyOf = ({ collectionId, task }: QueuedFile): string => `${collectionId}:${task}`;

  /** Reads what waits; what is stored is indexed beside it. */
  async function readAll(): Promise<void> {
    for (;;) {
      await resumed;
      const next = files().find(({ state }) => state === "waiting");
      if (!next) return;
      await readOne(next);
      if (find(next.id)?.state === "stored" && files().some(isUnread)) void indexBeside(next);
    }
  }

  async function indexBeside(file: QueuedFile): Promise<void> {
    if (read().queue.paused || stopped.has(keyOf(file))) return;
    const end = await context.actions.corpus.indexStored(file.collectionId, file.task, "beside");
    if (end === "stopped") stopped.add(keyOf(file));
  }

  async function indexAfter(file: QueuedFile): Promise<void> {
    while (!stopped.has(keyOf(file))) {
      await resumed;
      const end = await context.actions.corpus.indexStored(file.collectionId, file.task, "after");
      if (end !== "paused" || !read().queue.paused) return;
    }
  }

  function start(): void {
    reading ??= readAll().finally(() => {
      reading = undefined;
      rememberUnread();
    });
  }

  /** Waits until these have been read and indexed, and takes those off the list that need nobody. */
  async function follow(ids: readonly number[]): Promise<boolean> {
    const read = Promise.all(ids.map((id) => new Promise<void>((done) => waiters.set(id, done))));
    for (const file of files()) if (ids.includes(file.id)) stopped.delete(keyOf(file));
    rememberUnread();
    start();
    await read;
    const taken = files().filter(({ id, state }) => ids.includes(id) && state === "stored");
    await context.actions.corpus.refresh();
    for (const file of new Map(taken.map((one) => [keyOf(one), one])).values()) await indexAfter(file);
    forget((file) => ids.includes(file.id) && file.state === "stored" && !isAsked(file));
    return taken.length > 0;
  }

  const actions: QueueActions = {
    async add(task, incoming, options) {
      if (incoming.length === 0) return false;
      const label = wordsOf("ingest", ingest).adding(incoming[0]?.name ?? "");
      let collectionId: number;
      try {
        collectionId = (await context.actions.corpus.collectionFor(KIND_OF_TASK[task])).id;
      } catch (error) {
        context.actions.jobs.fail(label, error);
        return false;
      }
      const addition = ++lastAddition;
      const more = incoming.map((one): QueuedFile => {
        const id = ++lastId;
        incomingById.set(id, one);
        if (options) optionsById.set(id, options);
        const kept = { passages: 0, kept: 0 };
        const empty = { sourceIds: [], failure: null, columns: null, older: [], kept };
        return {
          id,
          name: one.name,
          task,
          collectionId,
          addition,
          state: "waiting",
          isFile: isFromDisk(one),
          isPaste: !("url" in one) && !isFromDisk(one),
          ...empty,
        };
      });
      write("queue", { files: [...files(), ...more] });
      return follow(more.map(({ id }) => id));
    },
    async pause() {
      if (read().queue.paused) return;
      write("queue", { paused: true });
      resumed = new Promise((resolve) => (letGo = resolve));
      await context.actions.corpus.pauseIndexing();
    },
    resume() {
      write("queue", { paused: false });
      letGo();
    },
    async cancel() {
      current.abort();
      current = new AbortController();
      for (const file of files()) stopped.add(keyOf(file));
      forget(isUnread);
      actions.resume();
      await context.actions.corpus.pauseIndexing();
    },
    drop(id) {
      forget((file) => file.id === id);
      rememberUnread();
    },
    async retry(id, anew) {
      const file = find(id);
      if (!file) return false;
      if (anew) incomingById.set(id, anew);
      patch(id, { state: "waiting", failure: null, name: anew?.name ?? file.name });
      return follow([id]);
    },
    async confirm(id, columns) {
      const file = find(id);
      if (!file) return;
      if (file.columns?.input === columns.input && file.columns.output === columns.output)
        return file.older.length > 0 ? patch(id, { columns: null }) : actions.drop(id);
      optionsById.set(id, { ...optionsById.get(id), ...columns });
      for (const sourceId of file.sourceIds) await context.actions.corpus.removeQuietly(sourceId);
      patch(id, { columns: null, sourceIds: [] });
      await actions.retry(id);
    },
    async replaceOlder(isWanted) {
      const asked = files().filter(({ older }) => older.length > 0);
      for (const { id } of asked) patch(id, { older: [] });
      if (isWanted) {
        // Their vectors are taken over first.
        for (const file of new Map(asked.map((one) => [keyOf(one), one])).values()) await indexAfter(file);
        for (const collectionId of new Set(asked.map((file) => file.collectionId))) {
          const older = new Set(
            asked.flatMap((file) => (file.collectionId === collectionId ? file.older : [])),
          );
          const sources = read().corpus.sourcesByCollection[collectionId] ?? [];
          await context.actions.library.remove(sources.filter(({ id }) => older.has(id)));
        }
      }
      const ids = new Set(asked.map(({ id }) => id));
      forget((file) => ids.has(file.id) && !isAsked(file));
    },
    noteKept(kept) {
      for (const { sourceId, passages, kept: count } of kept) {
        const file = files().find(({ sourceIds }) => sourceIds.includes(sourceId));
        if (!file) continue;
        const now = { passages: file.kept.passages + passages, kept: file.kept.kept + count };
        patch(file.id, { kept: now });
      }
    },
    recall() {
      const names = parseNames(environment.readVisit(UNREAD));
      const { sourcesByCollection } = read().corpus;
      const here = Object.values(sourcesByCollection).flat();
      const unread = names.filter(
        (name) => !here.some((source) => source.name === name || source.name.startsWith(`${name}/`)),
      );
      write("queue", { unread });
    },
    forgetUnread() {
      environment.writeVisit(UNREAD, null);
      write("queue", { unread: [] });
    },
  };
  return actions;
}

export function isUnread({ state }: Pick<QueuedFile, "state">): boolean {
  return state === "waiting" || state === "reading";
}

/** It is not done yet, and needs nobody for it. */
export function isUnderWay(file: Pick<QueuedFile, "state" | "columns" | "older">): boolean {
  return file.state !== "failed" && !isAsked(file);
}

/** A person has to say something about it. */
function isAsked({ columns, older }: Pick<QueuedFile, "columns" | "older">): boolean {
  return columns !== null || older.length > 0;
}

/** As a file dialogue or a drop gives it; `path` leads there from the folder that was dropped. */
export function fromDisk(file: File, path: string = file.name): Incoming {
  return { name: path, content: file, modifiedMs: file.lastModified };
}

function isFromDisk(incoming: Incoming): boolean {
  return (
    "content" in incoming &&
    typeof incoming.content === "object" &&
    "slice" in incoming.content &&
    !ArrayBuffer.isView(incoming.content)
  );
}

function parseNames(stored: string | null): readonly string[] {
  const names: unknown = stored === null ? [] : JSON.parse(stored);
  return Array.isArray(names) ? names.filter((name) => typeof name === "string") : [];
}
