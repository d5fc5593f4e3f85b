import {
  KIND_OF_TASK,
  TASK_IDS,
  toSextantError,
  type Collection,
  type ErrorCode,
  type RemoteAccess,
  type RemoteLink,
  type RemoteListing,
} from "../../contract/index.ts";
import { remote as english } from "../words/en/remote.ts";
import { wordsOf } from "../words/words.ts";
import type { JobProgress } from "./jobs.ts";
import type { SliceContext } from "./slice.ts";

/** Copying a collection to a server, or looking what a server has. */
export type RemoteDialogAt = { readonly push: Collection } | "open";

export interface RemoteState {
  /** Of collections that are also, or only, on a server. null until they were asked for. */
  readonly links: Readonly<Record<number, RemoteLink>> | null;
  readonly dialog: RemoteDialogAt | null;
  /** As the person described it. The key is in memory only. */
  readonly server: Required<RemoteAccess>;
  /** What the server has; null until it was asked. */
  readonly listings: readonly RemoteListing[] | null;
  readonly isAsking: boolean;
  readonly failure: { readonly code: ErrorCode; readonly message: string } | null;
}

export const initialRemote: RemoteState = {
  links: null,
  dialog: null,
  server: { url: "", tenant: "", database: "", key: "" },
  listings: null,
  isAsking: false,
  failure: null,
};

export interface RemoteActions {
  /** Asks once where collections are. */
  ensure(): void;
  show(dialog: RemoteDialogAt | null): void;
  describe(server: Partial<Required<RemoteAccess>>): void;
  /** Asks the server what it has. */
  list(): Promise<void>;
  /** Copies the dialog's collection there; `deletes` also removes there what is not here. */
  push(deletes: boolean): Promise<void>;
  /** Searches a collection of the server's from here; what is found is kept. */
  open(listing: RemoteListing): Promise<void>;
  /** Copies all of a collection that lives there. */
  pull(link: RemoteLink): Promise<void>;
  /** Forgets that there is a copy. */
  forget(link: RemoteLink): Promise<void>;
}

export function createRemoteActions(context: SliceContext): RemoteActions {
  const { engine, read, write } = context;
  const words = () => wordsOf("remote", english);

  async function refresh(): Promise<void> {
    const links = await engine.remotes({});
    write("remote", { links: Object.fromEntries(links.map((link) => [link.collectionId, link])) });
  }

  async function showAgain(): Promise<void> {
    await refresh();
    await context.actions.corpus.refresh();
    await context.actions.results.search(read().query.task);
  }

  /** What fails while the dialog is open is said in it. */
  async function ask<T>(work: () => Promise<T>): Promise<T | undefined> {
    write("remote", { isAsking: true, failure: null });
    try {
      return await work();
    } catch (error) {
      const { code, message } = toSextantError(error);
      write("remote", { failure: { code, message } });
      return undefined;
    } finally {
      write("remote", { isAsking: false });
    }
  }

  return {
    ensure() {
      if (read().remote.links !== null) return;
      write("remote", { links: {} });
      refresh().catch((error: unknown) => context.actions.jobs.fail(words().listing, error));
    },
    show(dialog) {
      write("remote", { dialog, listings: null, failure: null });
    },
    describe(server) {
      write("remote", { server: { ...read().remote.server, ...server }, listings: null });
    },
    async list() {
      const listings = await ask(() => engine.listRemote({ access: read().remote.server }));
      if (listings) write("remote", { listings });
    },
    async push(deletes) {
      const { dialog, server: access } = read().remote;
      if (dialog === null || dialog === "open") return;
      const { id: collectionId, name } = dialog.push;
      // A wrong address or key is said at once, before anything begins.
      if (!(await ask(() => engine.listRemote({ access })))) return;
      write("remote", { dialog: null });
      const { policy, task: current } = read().query;
      const { kind } = dialog.push;
      const task =
        KIND_OF_TASK[current] === kind ? current : TASK_IDS.find((one) => KIND_OF_TASK[one] === kind);
      if (!task) return;
      const done = await context.actions.jobs.run(words().pushing(name), (signal, report) =>
        engine.push(
          { collectionId, task, policy, access, deletes },
          {
            signal,
            onEvent: ({ donePassages, totalPassages, passagesPerSecond }) =>
              report("", progressOf(donePassages, totalPassages, passagesPerSecond)),
          },
        ),
      );
      if (done) await showAgain();
    },
    async open({ remoteName }) {
      const { server: access } = read().remote;
      const made = await ask(() => engine.openRemote({ access, remoteName }));
      if (!made) return;
      write("remote", { dialog: null });
      await showAgain();
      context.actions.library.show({ collectionId: made.id, sourceId: null });
    },
    async pull({ server, remoteName, collectionId }) {
      const { key, url } = read().remote.server;
      const access = key !== "" && url === server.url ? { ...server, key } : server;
      await context.actions.jobs.run(words().pulling(remoteName), (signal, report) =>
        engine.pull(
          { access, remoteName, collectionId },
          {
            signal,
            onEvent: ({ donePassages, totalPassages }) =>
              report("", progressOf(donePassages, totalPassages, null)),
          },
        ),
      );
      await showAgain();
    },
    async forget({ collectionId, remoteName }) {
      await context.actions.jobs.run(
        words().forgetting(remoteName),
        () => engine.forgetRemote({ collectionId }),
        {
          hiddenUntilReport: true,
        },
      );
      await refresh();
    },
  };
}

function progressOf(done: number, total: number, perSecond: number | null): JobProgress {
  const secondsLeft = perSecond !== null && perSecond > 0 ? (total - done) / perSecond : null;
  return { done, total, unit: "passages", perSecond, secondsLeft };
}
