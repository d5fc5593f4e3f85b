import type { AdaptationChoice, AdaptationStatus, Collection, TaskId } from "../../contract/index.ts";
import { selectCollection } from "./select.ts";
import type { SliceContext } from "./slice.ts";
import { work } from "../words/en/work.ts";
import { wordsOf } from "../words/words.ts";

/** What is known of how each collection's questions are encoded, by `adaptationKey`. */
export interface AdaptationState {
  readonly byKey: Readonly<Record<string, AdaptationStatus>>;
}

export const initialAdaptation: AdaptationState = { byKey: {} };

export interface AdaptationActions {
  /** Asks how the task's collection stands, once. */
  need(task: TaskId): Promise<void>;
  /** Keeps what the engine tells; a query on the page is asked again when it is encoded in another way now. */
  take(status: AdaptationStatus): void;
  /** Sets whether the task's collection may use what it has learned. */
  choose(task: TaskId, choice: AdaptationChoice): Promise<void>;
}

export function adaptationKey(collection: Pick<Collection, "id">, task: TaskId): string {
  return `${collection.id} ${task}`;
}

export function createAdaptationActions(context: SliceContext): AdaptationActions {
  const { engine, read, write } = context;
  const asked = new Set<string>();

  const actions: AdaptationActions = {
    async need(task) {
      const collection = selectCollection(read(), task);
      if (!collection || asked.has(adaptationKey(collection, task))) return;
      asked.add(adaptationKey(collection, task));
      try {
        actions.take(await engine.adaptation({ collectionId: collection.id, task }));
      } catch (error) {
        asked.delete(adaptationKey(collection, task));
        context.actions.jobs.fail(wordsOf("work", work).readingLearned, error);
      }
    },
    take(status) {
      const key = adaptationKey({ id: status.collectionId }, status.task);
      const before = read().adaptation.byKey[key];
      write("adaptation", { byKey: { ...read().adaptation.byKey, [key]: status } });
      if (
        before &&
        (before.inUse !== status.inUse || before.report !== status.report) &&
        status.state === "ready"
      )
        void context.actions.results.search(status.task);
    },
    async choose(task, choice) {
      const collection = selectCollection(read(), task);
      if (!collection) return;
      try {
        actions.take(await engine.setAdaptation({ collectionId: collection.id, task, choice }));
      } catch (error) {
        context.actions.jobs.fail(wordsOf("work", work).changingUsed, error);
      }
    },
  };
  return actions;
}
