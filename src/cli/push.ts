import { openAsBlob } from "node:fs";
import { stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { basename, resolve } from "node:path";
import { parseArgs } from "node:util";
import {
  isDtype,
  isTaskId,
  KIND_OF_TASK,
  SextantError,
  TASK_IDS,
  type RemoteAccess,
} from "../contract/index.ts";
import { openChroma, PATIENT, remoteNameOf } from "../engine/index.ts";
import { untilInterrupted } from "./interrupt.ts";
import { DEFAULT_CACHE, openChosenEngine } from "./chosen-engine.ts";
import type { NodeEngine } from "./node-engine.ts";
import { createEmbedders, createOwnEmbedder } from "./push/embedders.ts";
import { agreeOnManifest, parseShard } from "./push/manifest.ts";
import { pushFolder } from "./push/push-folder.ts";
import { createReport } from "./report.ts";

export const usage = [
  "push <folder|export> --to <url> [--task qa] [--name <name there>] [--tenant <t>] [--database <d>] [--delete]",
  "[--model <id|folder>] [--dtype q8|q4|fp16|fp32] [--cache <folder>] [--processes <n>] [--shard 3/8 --manifest <file>] (key: SEXTANT_CHROMA_KEY)",
].join(" ");

/** The options of `push` and `pull` that say which server; its key comes by the environment, which no process list shows. */
export const SERVER_OPTIONS = {
  tenant: { type: "string", default: "" },
  database: { type: "string", default: "" },
} as const;

export function accessTo(
  url: string,
  { tenant, database }: { readonly tenant: string; readonly database: string },
): RemoteAccess {
  const key = process.env["SEXTANT_CHROMA_KEY"];
  return { url, tenant, database, ...(key !== undefined && { key }) };
}

/**
 * Copies a folder's passages, or a bundle's collections, to a Chroma server. Run again it goes on where it stopped; what
 * is there and not here is deleted only with `--delete`. Prints one line of JSON a collection.
 */
export async function run(argv: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      ...SERVER_OPTIONS,
      to: { type: "string" },
      task: { type: "string", default: "qa" },
      name: { type: "string" },
      delete: { type: "boolean", default: false },
      model: { type: "string", default: "sextant-mini" },
      dtype: { type: "string", default: "q8" },
      cache: { type: "string", default: DEFAULT_CACHE },
      processes: { type: "string", default: String(availableParallelism()) },
      shard: { type: "string" },
      manifest: { type: "string" },
    },
  });
  const [path, ...more] = positionals;
  const { to, task, dtype, model, cache, delete: deletes, manifest } = values;
  const processes = Number(values.processes);
  const shard = values.shard === undefined ? null : parseShard(values.shard);
  const isShardWhole = values.shard === undefined || (shard !== null && manifest !== undefined && !deletes);
  if (
    !path ||
    more.length > 0 ||
    !to ||
    !isTaskId(task) ||
    !isDtype(dtype) ||
    !(processes >= 1) ||
    !isShardWhole
  )
    throw new SextantError("engine/invalid-input", `Usage: sextant ${usage}`);
  const found = await stat(path).catch(() => null);
  if (!found)
    throw new SextantError("engine/invalid-input", `${path} is neither a folder nor a bundle here.`);

  const signal = untilInterrupted();
  const access = accessTo(to, values);
  const report = createReport(process.stderr);
  const say = ({
    donePassages,
    totalPassages,
    passagesPerSecond,
  }: {
    donePassages: number;
    totalPassages: number;
    passagesPerSecond: number;
  }): void =>
    report.say("pushing", `${donePassages} of ${totalPassages}, ${Math.round(passagesPerSecond)} a second`);
  const engine = await openChosenEngine({ model, dtype, cache, onProgress: report.progress });
  const embedders =
    processes < 2
      ? createOwnEmbedder(engine.face, task)
      : createEmbedders({ model, dtype, cache, task }, Math.floor(processes));
  try {
    if (found.isFile()) {
      await pushBundle(engine, path, {
        access,
        deletes,
        signal,
        say,
        ...(values.name && { name: values.name }),
      });
      return;
    }
    const { model: info, device } = await engine.face.status({});
    if (shard && manifest)
      await agreeOnManifest(manifest, path, { task, modelKey: info.key, shards: shard.count });
    const name = basename(resolve(path));
    const remoteName = values.name ?? (await remoteNameOf(name, task));
    const chroma = openChroma(access, {
      patience: PATIENT,
      onPause: (ms, { code }) => report.say("waiting", `${code}, ${Math.ceil(ms / 1000)} s`),
    });
    const make = {
      name,
      kind: KIND_OF_TASK[task],
      task,
      modelId: info.id,
      modelKey: info.key,
      dtype: device.dtype,
      dim: info.dim,
      similarity: info.similarity,
      chunkers: [],
    };
    const store = await chroma.openFor(remoteName, make, signal);
    const startedMs = performance.now();
    const pushed = await pushFolder({
      folder: path,
      task,
      shard,
      deletes,
      processes,
      store,
      embedders,
      tools: await engine.tools(),
      signal,
      onProgress: say,
    });
    report.end();
    const seconds = (performance.now() - startedMs) / 1000;
    const { notices, ...counts } = pushed;
    for (const { level, file, code, message } of notices)
      console.error(`${level}: ${file}: ${code}: ${message}`);
    console.log(JSON.stringify({ remoteName, ...counts, seconds: Number(seconds.toFixed(1)) }));
  } finally {
    embedders.close();
    await engine.close();
  }
}

interface BundleJob {
  readonly access: RemoteAccess;
  readonly deletes: boolean;
  readonly name?: string;
  readonly signal: AbortSignal;
  readonly say: (progress: {
    donePassages: number;
    totalPassages: number;
    passagesPerSecond: number;
  }) => void;
}

/** Each collection of a bundle under each task that it has vectors for, or under its kind's first. */
async function pushBundle(
  { face }: NodeEngine,
  path: string,
  { say, signal, ...job }: BundleJob,
): Promise<void> {
  const { collections } = await face.importBundle({ file: await openAsBlob(path) }, { signal });
  for (const { id: collectionId, kind } of collections) {
    const { indexes } = await face.collectionFacts({ collectionId });
    const own = TASK_IDS.filter((task) => indexes.some((index) => index.task === task && index.present > 0));
    const first = TASK_IDS.filter((task) => KIND_OF_TASK[task] === kind).slice(0, 1);
    for (const task of own.length > 0 ? own : first) {
      const { access, deletes, name: remoteName } = job;
      const request = {
        collectionId,
        task,
        access,
        deletes,
        ...(remoteName !== undefined && { remoteName }),
      };
      const { tookMs, ...counts } = await face.push(request, { signal, onEvent: say });
      console.log(JSON.stringify({ ...counts, seconds: Number((tookMs / 1000).toFixed(1)) }));
    }
  }
}
