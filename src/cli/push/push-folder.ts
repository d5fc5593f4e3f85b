import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { fromHalf, toHalf } from "../../base/half.ts";
import {
  KIND_OF_TASK,
  type CorpusItem,
  type CorpusStore,
  type InputFile,
  type Kind,
  type Notice,
  type PushProgress,
  type TaskId,
} from "../../contract/index.ts";
import {
  cutFile,
  keyTexts,
  pushCorpus,
  type IngestTools,
  type Pushed,
  type PushSource,
} from "../../engine/index.ts";
import type { Embedders } from "../embedders.ts";
import { filesIn, isInShard, type Shard } from "./manifest.ts";

/** Passages of a request and of an embedding batch: sorting by length pays, and a second loses little. */
const BATCH = 128;

export interface FolderJob {
  readonly folder: string;
  readonly task: TaskId;
  readonly shard: Shard | null;
  readonly deletes: boolean;
  readonly processes: number;
  readonly store: CorpusStore;
  readonly embedders: Embedders;
  readonly tools: IngestTools;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: PushProgress) => void;
}

export interface PushedFolder extends Pushed {
  readonly files: number;
  /** Files and folders, also in archives, that are there and of which nothing could be read. */
  readonly unread: number;
  readonly notices: readonly Notice[];
}

/**
 * Cuts every file of a folder and pushes its passages; only what the server lacks is embedded, and nothing is kept here.
 * What the server has of files that are here but could not be read this time is never deleted.
 */
export async function pushFolder(job: FolderJob): Promise<PushedFolder> {
  const { folder, task, shard, embedders } = job;
  const notices: Notice[] = [];
  const unread = new Set<string>();
  const take = (notice: Notice): void => {
    notices.push(notice);
    // What is empty was read, and has nothing any more.
    if (notice.level === "error" && notice.code !== "ingest/empty") unread.add(notice.file);
  };
  const notOpened = (file: string, error: unknown): void => {
    const why = error instanceof Error ? error.message : String(error);
    const message = `It could not be opened (${why}). What the server has of it stays there; see that it can be read, and push again.`;
    take({ level: "error", code: "ingest/unreadable", file, message });
  };
  const paths = await filesIn(folder, notOpened);
  const seen = new Set<string>();

  async function* items(signal: AbortSignal): AsyncGenerator<CorpusItem> {
    for (const path of paths) {
      signal.throwIfAborted();
      const file = await openFile(folder, path).catch((error: unknown) => notOpened(path, error));
      if (!file) continue;
      for await (const cut of cutFile(file, KIND_OF_TASK[task], job.tools)) {
        cut.notices.forEach(take);
        const digest = cut.items[0]?.source.digest;
        // The same text under two names is one source, as in a collection here.
        if (digest === undefined || seen.has(digest)) continue;
        seen.add(digest);
        for (const item of cut.items) if (shard === null || isInShard(item.id, shard)) yield item;
      }
    }
  }

  const source: PushSource = {
    total: 0,
    async *batches(signal) {
      let batch: CorpusItem[] = [];
      for await (const item of items(signal)) {
        batch.push(item);
        if (batch.length < BATCH) continue;
        yield batch;
        batch = [];
      }
      if (batch.length > 0) yield batch;
    },
    async vectorsOf(wanted) {
      const vectors = await embedders.embed(keyTexts(task, wanted));
      // In the precision that a collection here keeps: the same passage has the same vector either way.
      return vectors.map((vector) => fromHalf(toHalf(vector)));
    },
  };
  const { signal, onProgress, deletes, store, processes: lanes } = job;
  const scope = shard === null ? "whole" : "part";
  const keeps = ({ source: { name } }: CorpusItem): boolean => {
    for (const path of unread) if (mayBeOf(path, name, KIND_OF_TASK[task])) return true;
    return false;
  };
  const pushed = await pushCorpus(source, store, { signal, onProgress, deletes, keeps, scope, lanes });
  return { ...pushed, files: paths.length, unread: unread.size, notices };
}

async function openFile(folder: string, path: string): Promise<InputFile> {
  const full = join(folder, path);
  const content = new Uint8Array(await readFile(full));
  return { name: path, content, modifiedMs: Math.floor((await stat(full)).mtimeMs) };
}

/** Whether a source can have come of this file, folder or archive; the channels of an archive of chats do not bear its name. */
function mayBeOf(path: string, source: string, kind: Kind): boolean {
  if (source === path || source.startsWith(`${path}/`)) return true;
  return kind === "exchange" && path.toLowerCase().endsWith(".zip") && !source.includes("/");
}
