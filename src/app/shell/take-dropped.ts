import { ACCEPTED, KIND_OF_TASK, type TaskId } from "../../contract/index.ts";
import { isBundleName } from "../library/bundle-name.ts";
import { isQrelsName, isQueriesName } from "../state/judgement-name.ts";
import { partModels } from "../state/model-files.ts";
import { fromDisk } from "../state/queue.ts";
import type { AppActions } from "../state/store.ts";
import { broughtTo } from "../views/about.ts";
import type { Dropped } from "./dropped-files.ts";
import { shell } from "../words/en/shell.ts";
import { wordsOf } from "../words/words.ts";

/**
 * Decides what dropped files are: a model is shown and asked about, judgements
 * of queries go to the comparison, everything else becomes the task's material. Of a
 * folder only what the task can read is taken.
 */
export async function takeDropped(
  dropped: Dropped,
  task: TaskId,
  { models, panel, corpus, queue, library, pictures }: AppActions,
): Promise<void> {
  const words = wordsOf("shell", shell);
  const { models: found, others } = partModels(dropped.files);
  const [first, ...more] = found;
  if (first) {
    models.offer(first);
    panel.showModels(true);
  }
  for (const { path, content } of dropped.files) if (isBundleName(path)) await library.importBundle(content);
  const hasQrels = dropped.files.some(({ path }) => isQrelsName(path));
  const judgements = dropped.files.filter(
    ({ path }) => isQrelsName(path) || (hasQrels && isQueriesName(path)),
  );
  if (judgements.length > 0) {
    pictures.show("compare");
    await pictures.judge(judgements.map(({ path, content }) => ({ name: path, content })));
  }
  const accepted = ACCEPTED[KIND_OF_TASK[task]].extensions;
  const documents = dropped.files
    .filter((file) => others.includes(file) && !isBundleName(file.path) && !judgements.includes(file))
    .filter(
      ({ path }) => !path.includes("/") || accepted.some((ending) => path.toLowerCase().endsWith(ending)),
    )
    .map(({ path, content }) => fromDisk(content, path));
  if (more.length > 0) {
    const names = more.map(({ name, weights }) => name || weights.path).join(", ");
    corpus.note("model/unsupported", names, words.oneModel);
  }
  if (dropped.tooMany) corpus.note("ingest/too-large", words.theFolder, words.tooManyFiles);
  if (documents.length > 0) await queue.add(task, documents);
  else if (!first && judgements.length === 0 && dropped.hasFolder)
    corpus.note("ingest/no-records", words.theFolder, words.nothingReadable(broughtTo(task)));
}
