import { createLatest } from "../../base/latest.ts";
import { TASK_IDS, type TaskId } from "../../contract/index.ts";
import { drawings as english } from "../words/en/drawings.ts";
import { wordsOf } from "../words/words.ts";
import { createComparing } from "./comparing.ts";
import { readJudgements } from "./judgements.ts";
import { NO_WAYS, type PictureAsks, type Way } from "./pictures.ts";
import { searchRequest } from "./results.ts";
import { selectCollection } from "./select.ts";
import type { SliceContext } from "./slice.ts";

/** A task's own instruction first, then the others, then none. */
export function waysFrom(task: TaskId): readonly Way["instruction"][] {
  return [task, ...TASK_IDS.filter((id) => id !== task), "none"];
}

/** From none to all kept turns, two at a time since a question comes with its answer; six steps at the most. */
export function turnSteps(kept: number): readonly number[] {
  const stride = 2 * Math.max(1, Math.ceil(kept / 2 / 5));
  const steps = Array.from({ length: Math.ceil(kept / stride) }, (_, i) => i * stride);
  return [...steps, kept];
}

/** What pictures ask of the engine; loaded with the first of them. */
export function createPictureAsks(context: SliceContext): PictureAsks {
  const { engine, read, write } = context;
  const [newestWays, newestTurns] = [createLatest(), createLatest()];
  const said = () => wordsOf("drawings", english);

  return {
    async askSixWays(task) {
      const { diversity: _, ...request } = searchRequest(read(), task) ?? {};
      const of = read().results[task].result;
      if (!("query" in request) || of === null || read().pictures.sixWays.of === of) return;
      write("pictures", { sixWays: { ...read().pictures.sixWays, phase: "searching", of } });
      try {
        const ways = await newestWays.run((signal) =>
          Promise.all(
            waysFrom(task).map(async (instruction) => {
              const asked = { ...request, mode: "semantic", exactness: "exact", instruction } as const;
              return { instruction, result: await engine.search(asked, { signal }) };
            }),
          ),
        );
        if (ways) write("pictures", { sixWays: { phase: "ready", of, ways } });
      } catch (error) {
        write("pictures", { sixWays: NO_WAYS });
        context.actions.jobs.fail(said().askingSixWays, error);
      }
    },
    async judge(files) {
      const judgements = await context.actions.jobs.run(
        said().judging,
        async () =>
          readJudgements(
            await Promise.all(
              files.map(async ({ name, content }) => ({
                name,
                content: typeof content === "string" ? content : await content.text(),
              })),
            ),
          ),
        { hiddenUntilReport: true },
      );
      if (judgements) context.actions.pictures.compareWith({ judgements });
      return judgements !== undefined;
    },
    async askByTurns() {
      const request = searchRequest(read(), "convsearch");
      const of = read().results.convsearch.result;
      if (!request || request.query.task !== "convsearch" || of === null) return;
      if (read().pictures.byTurns.of === of) return;
      const { turns, question } = request.query;
      const kept = of.query.turnsKept;
      try {
        const steps = await newestTurns.run((signal) =>
          Promise.all(
            turnSteps(kept).map(async (count) => {
              const query = {
                task: "convsearch",
                turns: turns.slice(turns.length - count),
                question,
              } as const;
              return { turns: count, result: await engine.search({ ...request, query }, { signal }) };
            }),
          ),
        );
        if (steps) write("pictures", { byTurns: { of, steps } });
      } catch (error) {
        context.actions.jobs.fail(said().askingByTurns, error);
      }
    },
    async countTokens(texts) {
      try {
        return await engine.countTokens({ texts });
      } catch (error) {
        context.actions.jobs.fail(said().countingTokens, error);
        return undefined;
      }
    },
    async readVectors(task, sourceId) {
      const collection = selectCollection(read(), task);
      if (!collection) return undefined;
      const { policy } = read().query;
      const request = { collectionId: collection.id, task, policy };
      try {
        return await engine.storedVectors(sourceId === undefined ? request : { ...request, sourceId });
      } catch (error) {
        context.actions.jobs.fail(said().readingVectors, error);
        return undefined;
      }
    },
    async embedQuery(task, under) {
      const result = read().results[task].result;
      if (result === null) return undefined;
      const { policy } = read().query;
      const texts = [result.query.text];
      try {
        return await Promise.all(
          under.map(async (instruction) => {
            const request = { task: instruction, side: "query", texts, policy } as const;
            return (await engine.embed(request)).vectors;
          }),
        );
      } catch (error) {
        context.actions.jobs.fail(said().readingVectors, error);
        return undefined;
      }
    },
    async readPassages(passageIds) {
      try {
        return await engine.readPassages({ passageIds });
      } catch (error) {
        context.actions.jobs.fail(said().readingPassages, error);
        return undefined;
      }
    },
    async passageTimes(task) {
      const collection = selectCollection(read(), task);
      if (!collection) return undefined;
      try {
        return await engine.passageTimes({ collectionId: collection.id });
      } catch (error) {
        context.actions.jobs.fail(said().readingPassages, error);
        return undefined;
      }
    },
    compare: createComparing(context),
  };
}
