import { basename, resolve } from "node:path";
import { KIND_OF_TASK, type PushProgress } from "../contract/index.ts";
import { openChroma, PATIENT, remoteNameOf } from "../engine/index.ts";
import { openChosenEngine } from "./chosen-engine.ts";
import { untilInterrupted } from "./interrupt.ts";
import type { NodeEngine } from "./node-engine.ts";
import { createEmbedders, createOwnEmbedder } from "./embedders.ts";
import { agreeOnManifest } from "./push/manifest.ts";
import { pushBundle } from "./push/push-bundle.ts";
import { pushFolder } from "./push/push-folder.ts";
import { readChoice, type PushChoice } from "./push/read-choice.ts";
import { createReport, type Report } from "./report.ts";

export { usage } from "./push/read-choice.ts";

/**
 * Copies a folder's passages, or a bundle's collections, to a Chroma server. Run again it goes on where it stopped; what
 * is there and not here is deleted only with `--delete`. Prints one line of JSON a collection.
 */
export async function run(argv: readonly string[]): Promise<void> {
  const choice = await readChoice(argv);
  const signal = untilInterrupted();
  const report = createReport(process.stderr);
  const { model, dtype, cache } = choice;
  const engine = await openChosenEngine({ model, dtype, cache, onProgress: report.progress });
  // How many passages a folder has is known at its end.
  const of = (total: number): string => (choice.what === "folder" ? "" : ` of ${total}`);
  const say = ({ donePassages, totalPassages, passagesPerSecond }: PushProgress): void => {
    const perSecond = passagesPerSecond.toFixed(passagesPerSecond < 10 ? 1 : 0);
    report.say("pushing", `${donePassages}${of(totalPassages)} passages, ${perSecond} a second`);
  };
  try {
    if (choice.what === "folder") await runFolder(engine, choice, { signal, report, say });
    else
      for await (const { tookMs, ...counts } of pushBundle(engine.face, choice, signal, say)) {
        report.end();
        print(counts, tookMs / 1000);
      }
  } finally {
    await engine.close();
  }
}

interface Told {
  readonly signal: AbortSignal;
  readonly report: Report;
  readonly say: (progress: PushProgress) => void;
}

async function runFolder(
  engine: NodeEngine,
  choice: PushChoice & { readonly what: "folder" },
  { signal, report, say }: Told,
): Promise<void> {
  const { path, task, model, dtype, cache, share, access, deletes, processes } = choice;
  const { model: info, device } = await engine.face.status({});
  if (share) {
    const { manifest, shard } = share;
    await agreeOnManifest(manifest, path, { task, modelKey: info.key, shards: shard.count });
  }
  const name = basename(resolve(path));
  const remoteName = choice.name ?? (await remoteNameOf(name, task));
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
  const embedders =
    processes < 2
      ? createOwnEmbedder(engine.face, task)
      : createEmbedders({ model, dtype, cache, task }, processes);
  try {
    const { notices, ...counts } = await pushFolder({
      folder: path,
      task,
      shard: share?.shard ?? null,
      deletes,
      processes,
      store,
      embedders,
      tools: await engine.tools(),
      signal,
      onProgress: say,
    });
    report.end();
    for (const { level, file, code, message } of notices)
      console.error(`${level}: ${file}: ${code}: ${message}`);
    if (deletes && counts.unread > 0)
      console.error(
        `warning: ${counts.unread} of the files could not be read. What the server has of them was not deleted.`,
      );
    print({ remoteName, ...counts }, (performance.now() - startedMs) / 1000);
  } finally {
    embedders.close();
  }
}

function print(counts: object, seconds: number): void {
  console.log(JSON.stringify({ ...counts, seconds: Number(seconds.toFixed(1)) }));
}
