import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { fromHalf, toHalf } from "../../base/half.ts";
import {
  KIND_OF_TASK,
  type CorpusItem,
  type CorpusStore,
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

/** Cuts every file of a folder and pushes its passages; only what the server lacks is embedded, and nothing is kept here. */
export async function pushFolder(
  job: FolderJob,
): Promise<Pushed & { readonly files: number; readonly notices: readonly Notice[] }> {
  const { folder, task, shard, embedders } = job;
  const paths = await filesIn(folder);
  const notices: Notice[] = [];
  const seen = new Set<string>();

  async function* items(signal: AbortSignal): AsyncGenerator<CorpusItem> {
    for (const path of paths) {
      signal.throwIfAborted();
      const full = join(folder, path);
      const file = {
        name: path,
        content: new Uint8Array(await readFile(full)),
        modifiedMs: Math.floor((await stat(full)).mtimeMs),
      };
      for await (const cut of cutFile(file, KIND_OF_TASK[task], job.tools)) {
        notices.push(...cut.notices);
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
  const pushed = await pushCorpus(source, store, { signal, onProgress, deletes, scope, lanes });
  return { ...pushed, files: paths.length, notices };
}
