import { createLatest } from "../../base/latest.ts";
import {
  KIND_OF_TASK,
  TASK_IDS,
  toSextantError,
  type Collection,
  type ErrorCode,
  type PushRequest,
  type RemoteAccess,
  type RemoteLink,
  type RemoteListing,
  type RemoteServer,
} from "../../contract/index.ts";
import { remote as english } from "../words/en/remote.ts";
import { wordsOf } from "../words/words.ts";
import type { JobProgress } from "./jobs.ts";
import type { SliceContext } from "./slice.ts";
import type { AppState } from "./store.ts";

/** Copying a collection to a server, or looking what a server has. */
export type RemoteDialogAt = { readonly push: Collection } | "open";

export interface RemoteState {
  /** Of collections that are also, or only, on a server. null until they are known. */
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
  /** Asks where collections are, unless it is known. */
  ensure(): void;
  /** What has a copy is copied to the same server again; a key that was typed stays with the server that it was typed for. */
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

  const [newest, newestLinks] = [createLatest(), createLatest()];
  let linking: Promise<void> | null = null;
  let isKnown = false;

  async function refresh(): Promise<void> {
    try {
      const links = await newestLinks.run((signal) => engine.remotes({}, { signal }));
      if (!links) return;
      isKnown = true;
      write("remote", { links: Object.fromEntries(links.map((link) => [link.collectionId, link])) });
      context.actions.jobs.settle(words().listing);
    } catch (error) {
      isKnown = false;
      context.actions.jobs.fail(words().listing, error);
    }
  }

  /** What was asked for before is of no use any more. */
  function cancel(): void {
    newest.cancel();
    write("remote", { isAsking: false });
  }

  async function showAgain(): Promise<void> {
    await refresh();
    await context.actions.corpus.refresh();
    await context.actions.results.search(read().query.task);
  }

  /** What fails while the dialog is open is said in it. undefined where it failed, or another thing is wanted by now. */
  function ask<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
    write("remote", { isAsking: true, failure: null });
    return newest.run(async (signal) => {
      try {
        const answer = await work(signal);
        if (!signal.aborted) write("remote", { isAsking: false });
        return answer;
      } catch (error) {
        const { code, message } = toSextantError(error);
        if (!signal.aborted) write("remote", { isAsking: false, failure: { code, message } });
        return undefined;
      }
    });
  }

  return {
    ensure() {
      if (isKnown || linking) return;
      linking = refresh().finally(() => (linking = null));
    },
    show(dialog) {
      cancel();
      const { links, server } = read().remote;
      const link = dialog === null || dialog === "open" ? undefined : links?.[dialog.push.id];
      write("remote", {
        dialog,
        server: link ? { ...link.server, key: "" } : server,
        listings: null,
        failure: null,
      });
    },
    describe(server) {
      cancel();
      write("remote", { server: { ...read().remote.server, ...server }, listings: null });
    },
    async list() {
      const listings = await ask((signal) => engine.listRemote({ access: read().remote.server }, { signal }));
      if (listings) write("remote", { listings });
    },
    async push(deletes) {
      const { dialog, server: access, links } = read().remote;
      if (dialog === null || dialog === "open") return;
      const { id: collectionId, name } = dialog.push;
      // A wrong address or key is said at once, before anything begins.
      if (!(await ask((signal) => engine.listRemote({ access }, { signal })))) return;
      write("remote", { dialog: null });
      const link = links?.[collectionId];
      const copy = link && isSameServer(link.server, access) ? copyOf(link) : newCopy(read(), dialog.push);
      if (!copy) return;
      const done = await context.actions.jobs.run(words().pushing(name), (signal, report) =>
        engine.push(
          { collectionId, ...copy, access, deletes },
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
      const made = await ask((signal) => engine.openRemote({ access, remoteName }, { signal }));
      if (!made) return;
      write("remote", { dialog: null });
      await showAgain();
      context.actions.library.show({ collectionId: made.id, sourceId: null });
    },
    async pull({ server: access, remoteName, collectionId }) {
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
        { hiddenUntilReport: true },
      );
      await refresh();
    },
  };
}

type Copy = Pick<PushRequest, "task" | "policy" | "remoteName">;

/** What is there is copied again as it was, whatever is asked here by now. */
function copyOf({ task, policy, remoteName }: RemoteLink): Copy {
  return { task, policy, remoteName };
}

function newCopy({ query }: AppState, { kind }: Collection): Copy | null {
  const { policy, task: current } = query;
  const task = [current, ...TASK_IDS].find((one) => KIND_OF_TASK[one] === kind);
  return task ? { task, policy } : null;
}

/** The engine keeps a server's origin and Chroma's own names; a person may leave out those and `http://`. */
function isSameServer(one: RemoteServer, other: RemoteServer): boolean {
  return serverKey(one) === serverKey(other);
}

function serverKey({ url, tenant, database }: RemoteServer): string {
  const address = /^[a-z]+:\/\//i.test(url) ? url : `http://${url}`;
  const origin = URL.canParse(address) ? new URL(address).origin : url;
  return JSON.stringify([origin, tenant || "default_tenant", database || "default_database"]);
}

function progressOf(done: number, total: number, perSecond: number | null): JobProgress {
  const secondsLeft = perSecond !== null && perSecond > 0 ? (total - done) / perSecond : null;
  return { done, total, unit: "passages", perSecond, secondsLeft };
}
