import { createLatest } from "../../base/latest.ts";
import {
  SextantError,
  type AdaptationChoice,
  type AdaptationReport,
  type AdaptationStatus,
  type AnswerRecord,
  type Collection,
  type Hit,
  type Mark,
  type RewardResult,
  type SearchResult,
  type TaskId,
} from "../../contract/index.ts";
import { chosenModel } from "./chosen-model.ts";
import { searchRequest } from "./results.ts";
import { selectCollection } from "./select.ts";
import type { SliceContext } from "./slice.ts";
import { hits } from "../words/en/hits.ts";
import { work } from "../words/en/work.ts";
import { wordsOf } from "../words/words.ts";

/** What is known of how each collection's questions are encoded, by `adaptationKey`. */
export interface AdaptationState {
  readonly byKey: Readonly<Record<string, AdaptationStatus>>;
  readonly comparison: Comparison | null;
}

/** One question answered without and with what was learned. */
export interface Comparison {
  readonly task: TaskId;
  readonly without: SearchResult;
  readonly withIt: SearchResult;
}

export const initialAdaptation: AdaptationState = { byKey: {}, comparison: null };

export interface AdaptationActions {
  /** Asks how the task's collection stands, once. */
  need(task: TaskId): Promise<void>;
  /** Keeps what the engine tells; a query on the page is asked again when it is encoded in another way now. */
  take(status: AdaptationStatus): void;
  /** Sets whether the task's collection may use what it has learned. */
  choose(task: TaskId, choice: AdaptationChoice): Promise<void>;
  /** Says of a hit what the person thinks of it for the question that is answered, or takes that back. */
  mark(task: TaskId, hit: Hit, mark: Mark | null): Promise<void>;
  /**
   * Asks the model that answers which of an answer's sources help it to `wanted`. Throws: as the engine's `reward`.
   */
  reward(
    record: AnswerRecord,
    wanted: string,
    options: { readonly signal: AbortSignal; readonly onPart: (part: number) => void },
  ): Promise<RewardResult>;
  /** Takes back all that language models said of the task's collection. */
  forgetRewards(task: TaskId): Promise<void>;
  /** Answers what is asked now with and without what was learned. */
  compare(task: TaskId): Promise<void>;
}

export function adaptationKey(collection: Pick<Collection, "id">, task: TaskId): string {
  return `${collection.id} ${task}`;
}

export function createAdaptationActions(context: SliceContext): AdaptationActions {
  const { engine, read, write } = context;
  const asked = new Set<string>();
  const comparing = createLatest();

  function put(key: string, status: AdaptationStatus): void {
    write("adaptation", { byKey: { ...read().adaptation.byKey, [key]: status } });
  }

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
      put(key, status);
      const isNew = before && (before.inUse !== status.inUse || !isSame(before.report, status.report));
      if (isNew && status.state === "ready") void context.actions.results.search(status.task);
    },
    async choose(task, choice) {
      const collection = selectCollection(read(), task);
      if (!collection) return;
      const key = adaptationKey(collection, task);
      const before = read().adaptation.byKey[key];
      if (before) put(key, { ...before, choice });
      try {
        actions.take(await engine.setAdaptation({ collectionId: collection.id, task, choice }));
      } catch (error) {
        if (before) put(key, before);
        context.actions.jobs.fail(wordsOf("work", work).changingUsed, error);
      }
    },
    async mark(task, { passage }, mark) {
      const text = read().results[task].result?.query.text;
      if (text === undefined) return;
      const { id, collectionId } = passage;
      try {
        actions.take(await engine.feedback({ collectionId, task, query: text, passageId: id, mark }));
        await context.actions.results.search(task);
      } catch (error) {
        context.actions.jobs.fail(wordsOf("hits", hits).marking, error);
      }
    },
    async reward({ query, sources }, wanted, { signal, onPart }) {
      const chosen = chosenModel(read().answers);
      if (chosen === null)
        throw new SextantError(
          "answer/no-model",
          "No language model is chosen that could be asked. Choose one.",
        );
      const { server, model } = chosen;
      const result = await engine.reward(
        { query, wanted, passageIds: sources.map(({ passageId }) => passageId), server, model },
        { signal, onEvent: ({ part }) => onPart(part) },
      );
      actions.take(result.status);
      return result;
    },
    async forgetRewards(task) {
      const collection = selectCollection(read(), task);
      if (!collection) return;
      try {
        actions.take(await engine.forgetRewards({ collectionId: collection.id, task }));
      } catch (error) {
        context.actions.jobs.fail(wordsOf("hits", hits).marking, error);
      }
    },
    async compare(task) {
      const request = searchRequest(read(), task);
      if (request === null) return;
      try {
        const both = await comparing.run((signal) =>
          Promise.all([
            engine.search({ ...request, adaptation: "off" }, { signal }),
            engine.search({ ...request, adaptation: "auto" }, { signal }),
          ]),
        );
        if (both) write("adaptation", { comparison: { task, without: both[0], withIt: both[1] } });
      } catch (error) {
        context.actions.jobs.fail(wordsOf("hits", hits).comparing, error);
      }
    },
  };
  return actions;
}

function isSame(a: AdaptationReport | null, b: AdaptationReport | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
