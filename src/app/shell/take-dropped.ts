import { ACCEPTED, KIND_OF_TASK, type TaskId } from "../../contract/index.ts";
import type { Incoming } from "../state/corpus.ts";
import { partModels } from "../state/model-files.ts";
import type { AppActions } from "../state/store.ts";
import { broughtTo } from "../views/about.ts";
import type { Dropped } from "./dropped-files.ts";

/**
 * Decides what dropped files are: a model is shown and asked about, everything else becomes the task's material. Of a
 * folder only what the task can read is taken.
 */
export async function takeDropped(
  dropped: Dropped,
  task: TaskId,
  { models, panel, corpus }: AppActions,
): Promise<void> {
  const { models: found, others } = partModels(dropped.files);
  const [first, ...more] = found;
  if (first) {
    models.offer(first);
    panel.showModels(true);
  }
  const accepted = ACCEPTED[KIND_OF_TASK[task]].extensions;
  const documents = dropped.files
    .filter((file) => others.includes(file))
    .filter(
      ({ path }) => !path.includes("/") || accepted.some((ending) => path.toLowerCase().endsWith(ending)),
    )
    .map(({ path, content }): Incoming => {
      const { size, lastModified } = content;
      return { name: path, size, lastModified, arrayBuffer: () => content.arrayBuffer() };
    });
  if (more.length > 0) {
    const names = more.map(({ name, weights }) => name || weights.path).join(", ");
    corpus.note("model/unsupported", names, "One model at a time: drop it again when the first one is here.");
  }
  if (dropped.tooMany)
    corpus.note("ingest/too-large", "The folder", "It has too many files. Those read first were taken.");
  if (documents.length > 0) await corpus.add(task, documents);
  else if (!first && dropped.hasFolder)
    corpus.note("ingest/no-records", "The folder", `Nothing in it can be read here. ${broughtTo(task)}`);
}
