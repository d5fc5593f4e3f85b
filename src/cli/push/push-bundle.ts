import { openAsBlob } from "node:fs";
import {
  KIND_OF_TASK,
  TASK_IDS,
  type Collection,
  type Engine,
  type PushProgress,
  type PushReport,
  type TaskId,
} from "../../contract/index.ts";
import { remoteNameOf } from "../../engine/index.ts";
import { refused, type PushChoice } from "./read-choice.ts";

interface Job {
  readonly collection: Collection;
  readonly task: TaskId;
  readonly remoteName: string;
}

/**
 * Pushes each collection of a bundle under each task that it has vectors for, or under its kind's first.
 *
 * Throws: `engine/invalid-input` before anything is sent, where two of them would be one on the server.
 */
export async function* pushBundle(
  face: Engine,
  { path, task, name, access, deletes }: PushChoice & { readonly what: "bundle" },
  signal: AbortSignal,
  onEvent: (progress: PushProgress) => void,
): AsyncGenerator<PushReport> {
  const { collections } = await face.importBundle({ file: await openAsBlob(path) }, { signal });
  const jobs: Job[] = [];
  for (const collection of collections)
    for (const own of await tasksOf(face, collection))
      if (task === null || own === task)
        jobs.push({ collection, task: own, remoteName: name ?? (await remoteNameOf(collection.name, own)) });
  if (jobs.length === 0)
    throw refused(
      `${path} has no collection ${task === null ? "in it" : `for the task ${task}: leave --task out, or choose another`}.`,
    );
  for (const [i, one] of jobs.entries()) {
    const other = jobs.slice(0, i).find(({ remoteName }) => remoteName === one.remoteName);
    if (!other) continue;
    const both = [other, one].map((job) => `“${job.collection.name}” (${job.task})`).join(" and ");
    throw refused(
      name === null
        ? `${both} would both be “${one.remoteName}” there, and each would take the other's place. Export them one by one, and push each with --name.`
        : `${path} has ${jobs.length} collections and tasks, ${both} among them, and --name is for one: leave it out, choose a --task, or export one collection.`,
    );
  }
  for (const { collection, task: own, remoteName } of jobs) {
    const request = { collectionId: collection.id, task: own, access, deletes };
    // A name that was made of the collection's own is made again: the engine then looks whose it is there.
    yield await face.push({ ...request, ...(name !== null && { remoteName }) }, { signal, onEvent });
  }
}

async function tasksOf(face: Engine, { id, kind }: Collection): Promise<readonly TaskId[]> {
  const { indexes } = await face.collectionFacts({ collectionId: id });
  const own = TASK_IDS.filter((task) => indexes.some((index) => index.task === task && index.present > 0));
  return own.length > 0 ? own : TASK_IDS.filter((task) => KIND_OF_TASK[task] === kind).slice(0, 1);
}
