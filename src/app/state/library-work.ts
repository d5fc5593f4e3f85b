import { isSextantError, type Removal } from "../../contract/index.ts";
import { formatCount } from "../parts/format.ts";
import { keeping } from "../words/en/keeping.ts";
import { wordsOf } from "../words/words.ts";
import { exportTo } from "./export-bundle.ts";
import { ALL_COLLECTIONS, type LibraryWork } from "./library.ts";
import { readPortable, takePortable } from "./portable.ts";
import type { SliceContext } from "./slice.ts";

/** The library at work. */
export function createLibraryWork(context: SliceContext): LibraryWork {
  const { engine, read, write } = context;
  const words = () => wordsOf("keeping", keeping);
  const filesByName = new Map<string, File>();

  const quietly = <T>(label: string, work: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> =>
    context.actions.jobs.run(label, work, { hiddenUntilReport: true });

  /** What is shown, here and in the results, is what is there now. */
  async function showAgain(): Promise<void> {
    await context.actions.corpus.refresh();
    await context.actions.results.search(read().query.task);
  }

  async function removed(removal: Removal | undefined): Promise<void> {
    if (removal) write("library", { told: [...read().library.told, removal.id] });
    await listRemovals();
    await showAgain();
  }

  async function listRemovals(): Promise<void> {
    const removals = await quietly(words().listingRemovals, (signal) => engine.removals({}, { signal }));
    if (!removals) return;
    const told = read().library.told.filter((told) => removals.some(({ id }) => id === told));
    write("library", { removals, told });
  }

  async function change(label: string, work: (signal: AbortSignal) => Promise<unknown>): Promise<boolean> {
    const done = await quietly(label, async (signal) => {
      await work(signal);
      return true;
    });
    await showAgain();
    return done === true;
  }

  const actions: LibraryWork = {
    async refresh() {
      const { place, told } = read().library;
      if (place !== null || told.length > 0) await listRemovals();
      const collectionId = place?.collectionId ?? null;
      if (collectionId === null || !read().corpus.collections.some(({ id }) => id === collectionId)) return;
      const facts = await quietly(words().measuring, (signal) =>
        engine.collectionFacts({ collectionId }, { signal }),
      );
      if (facts) write("library", { facts: { ...read().library.facts, [collectionId]: facts } });
    },
    async look(sourceId) {
      const sourceFacts = await quietly(words().looking, (signal) =>
        engine.sourceFacts({ sourceId }, { signal }),
      );
      if (sourceFacts && read().library.place?.sourceId === sourceId) write("library", { sourceFacts });
    },
    async create(kind, name) {
      const made = await quietly(name, (signal) => engine.createCollection({ kind, name }, { signal }));
      await context.actions.corpus.refresh();
      if (made) context.actions.library.show({ collectionId: made.id, sourceId: null });
    },
    async renameCollection(collectionId, name) {
      await change(words().renaming(name), (signal) =>
        engine.renameCollection({ collectionId, name }, { signal }),
      );
    },
    async renameSource({ id: sourceId, name: before }, name) {
      await change(words().renaming(before), (signal) => engine.renameSource({ sourceId, name }, { signal }));
    },
    async deleteCollection(collectionId) {
      const { name = "" } = read().corpus.collections.find(({ id }) => id === collectionId) ?? {};
      const label = words().removing(name);
      const removal = await quietly(label, (signal) => engine.deleteCollection({ collectionId }, { signal }));
      if (removal && read().library.place?.collectionId === collectionId)
        context.actions.library.show(ALL_COLLECTIONS);
      await removed(removal);
    },
    async remove(sources) {
      const [first] = sources;
      if (!first) return;
      const others = sources.length - 1;
      const name = others === 0 ? first.name : words().andSources(first.name, formatCount(others));
      const sourceIds = sources.map(({ id }) => id);
      const removal = await quietly(words().removing(name), (signal) =>
        engine.removeSources({ sourceIds }, { signal }),
      );
      const { place } = read().library;
      if (removal && place?.sourceId && sourceIds.includes(place.sourceId))
        context.actions.library.show({ ...place, sourceId: null });
      await removed(removal);
    },
    async removePassage({ id: passageId }, { name }) {
      await removed(
        await quietly(words().removing(words().onePassage(name)), (signal) =>
          engine.removePassage({ passageId }, { signal }),
        ),
      );
    },
    async undo({ id: removalId, name }) {
      await change(words().restoring(name), (signal) => engine.restore({ removalId }, { signal }));
      await listRemovals();
    },
    async undoLast() {
      const { removals, told } = read().library;
      const last = removals.find(({ id }) => told.includes(id)) ?? removals[0];
      if (last) await actions.undo(last);
    },
    async free(removal) {
      const input = removal ? { removalIds: [removal.id] } : {};
      await quietly(words().freeing, (signal) => engine.freeRemovals(input, { signal }));
      await listRemovals();
      await context.actions.model.refresh();
    },
    edit: ({ id: passageId }, edit) =>
      change(words().editing, (signal) => engine.editPassage({ passageId, edit }, { signal })),
    revert: ({ id: passageId }) =>
      change(words().reverting, (signal) => engine.revertPassage({ passageId }, { signal })),
    async exportBundle(name, collectionIds, target) {
      await context.actions.jobs.run(words().exporting(name), (signal, report) =>
        exportTo(engine, target, {
          collectionIds,
          preferences: readPortable(context.environment),
          signal,
          report,
        }),
      );
    },
    async importBundle(file) {
      let isReadable = true;
      const done = await context.actions.jobs.run(words().importing(file.name), (signal, report) =>
        engine
          .importBundle(
            { file, name: file.name },
            {
              signal,
              onEvent: ({ donePassages, collection }) =>
                report(collection, {
                  done: donePassages,
                  total: null,
                  unit: "passages",
                  perSecond: null,
                  secondsLeft: null,
                }),
            },
          )
          .catch((error: unknown) => {
            isReadable = !(isSextantError(error) && error.code.startsWith("ingest/"));
            throw error;
          }),
      );
      if (done) takePortable(context.environment, done.preferences);
      if (done) write("library", { refused: [...read().library.refused, ...done.refused] });
      if (done || !isReadable) filesByName.delete(file.name);
      else filesByName.set(file.name, file);
      write("library", { atHand: [...filesByName.keys()] });
      await context.actions.library.recallImports();
      await showAgain();
    },
    async resumeImport({ name }) {
      const file = filesByName.get(name);
      if (file) await actions.importBundle(file);
    },
    async forgetImport({ id, name }) {
      filesByName.delete(name);
      await change(words().forgetting(name), (signal) => engine.forgetImport({ id }, { signal }));
      await context.actions.library.recallImports();
      await context.actions.model.open();
    },
    async embedAgain(refused) {
      const { collectionId, task } = refused;
      write("library", { refused: read().library.refused.filter((one) => one !== refused) });
      await context.actions.corpus.indexStored(collectionId, task, "after");
      await showAgain();
    },
  };
  return actions;
}
