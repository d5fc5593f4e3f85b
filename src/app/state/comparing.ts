import { samePlaces, type TextPlace } from "../../chart/index.ts";
import {
  textOfQuery,
  type FeedbackMark,
  type ModelChoice,
  type Passage,
  type SearchRequest,
  type SearchResult,
  type TaskId,
  type TaskQuery,
} from "../../contract/index.ts";
import { ndcg } from "../../metrics/index.ts";
import { drawings } from "../words/en/drawings.ts";
import { wordsOf } from "../words/words.ts";
import {
  comparedQueries,
  isComparedAlike,
  openChoice,
  requestUnder,
  type Compared,
  type Comparison,
  type Measured,
  type Setting,
} from "./comparison.ts";
import { createJudge, type Judge } from "./judging.ts";
import type { Report } from "./jobs.ts";
import { reportLoading } from "./model.ts";
import { searchRequest } from "./results.ts";
import type { SliceContext } from "./slice.ts";

/** nDCG counts so many. */
const DEPTH = 10;

/** Asks the same queries under both settings: what one of them needs, such as another model, is brought and put back. */
export function createComparing(context: SliceContext): (task: TaskId) => Promise<void> {
  const { engine, read, write } = context;
  const said = () => wordsOf("drawings", drawings);
  const put = (patch: Partial<Comparison>): void =>
    write("pictures", { comparison: { ...read().pictures.comparison, ...patch } });

  /** Gives a side's passages the vectors that it lacks. */
  async function embed(setting: Setting, { query, collectionIds }: SearchRequest, work: Work): Promise<void> {
    if (setting.mode === "keywords") return;
    for (const collectionId of setting.collectionId === null ? collectionIds : [setting.collectionId]) {
      const wanted = { collectionId, task: query.task, policy: setting.policy };
      const { missing, unfinished } = await engine.indexPlan(wanted, { signal: work.signal });
      if (missing + unfinished === 0) continue;
      await engine.index(wanted, {
        signal: work.signal,
        onEvent: ({ donePassages: done, totalPassages: total, sourceName, secondsLeft }) =>
          work.report(sourceName, { done, total, unit: "passages", perSecond: null, secondsLeft }),
      });
    }
  }

  async function ask(
    setting: Setting,
    requests: readonly SearchRequest[],
    work: Work,
  ): Promise<readonly SearchResult[]> {
    const [first] = requests;
    if (first) await embed(setting, first, work);
    const results: SearchResult[] = [];
    for (const request of requests)
      results.push(await engine.search(requestUnder(setting, request), { signal: work.signal }));
    return results;
  }

  /** Both sides, one model after the other; the one that was open is open again at the end, however that comes. */
  async function askBoth(
    [left, right]: readonly [Setting, Setting],
    requests: readonly SearchRequest[],
    work: Work,
  ): Promise<readonly [readonly SearchResult[], readonly SearchResult[]]> {
    const before = openChoice(read().model.status);
    let open = before;
    const asked = async (setting: Setting) => {
      const wanted = setting.model ?? before;
      if (wanted !== null && !isSameModel(wanted, open)) {
        if (isSameModel(open, before)) await context.actions.corpus.pauseIndexing();
        open = wanted;
        await engine.setModel(wanted, { signal: work.signal, onEvent: reportLoading(work.report) });
      }
      return ask(setting, requests, work);
    };
    try {
      return [await asked(left), await asked(right)];
    } finally {
      if (before !== null && !isSameModel(open, before))
        await context.actions.model.opened(
          await engine.setModel(before, { onEvent: reportLoading(work.report) }),
        );
    }
  }

  /** What the person marked, by collection. */
  async function readMarks(
    task: TaskId,
    collectionIds: Iterable<number>,
    { signal }: Work,
  ): Promise<MarksByCollection> {
    const ids = [...new Set(collectionIds)];
    const marks = await Promise.all(
      ids.map((collectionId) => engine.marks({ collectionId, task }, { signal })),
    );
    return new Map(ids.map((id, at) => [id, marks[at] ?? []]));
  }

  /** Which text each source is, so that the same text in two collections is known as one. */
  async function readDigests(
    collectionIds: Iterable<number>,
    { signal }: Work,
  ): Promise<ReadonlyMap<number, string>> {
    const sources = await Promise.all(
      Array.from(new Set(collectionIds), (collectionId) => engine.sources({ collectionId }, { signal })),
    );
    return new Map(sources.flat().map(({ id, digest }) => [id, digest]));
  }

  async function compareAll(task: TaskId, work: Work): Promise<readonly Compared[]> {
    const { left, right, judgements } = read().pictures.comparison;
    const page = searchRequest(read(), task);
    const queries = comparedQueries(read(), task);
    if (page === null) return [];
    const requests = queries.map((query): SearchRequest => ({ ...page, query }));
    const [one, other] = await askBoth([left, right], requests, work);
    const sidesOf = (setting: Setting): readonly number[] =>
      setting.collectionId === null ? page.collectionIds : [setting.collectionId];
    const searched = [...sidesOf(left), ...sidesOf(right)];
    const isOneCut = JSON.stringify(sidesOf(left)) === JSON.stringify(sidesOf(right));
    const [marks, digests, judge] = await Promise.all([
      readMarks(task, searched, work),
      isOneCut ? new Map<number, string>() : readDigests(searched, work),
      judgements &&
        createJudge(engine, judgements, [...one, ...other], { depth: DEPTH, signal: work.signal }),
    ]);
    return queries.flatMap((query, at) => {
      const [a, b] = [one[at], other[at]];
      return a && b ? [paired(query, a, b, isOneCut ? null : digests, marks, judge)] : [];
    });
  }

  return async (task) => {
    put({ phase: "searching", task, pairs: [] });
    const asked = read().pictures.comparison;
    const pairs = await context.actions.jobs.run(
      said().comparing,
      (signal, report) => compareAll(task, { signal, report }),
      { hiddenUntilReport: true },
    );
    put(
      pairs && isComparedAlike(asked, read().pictures.comparison)
        ? { phase: "ready", pairs }
        : { phase: "idle" },
    );
  };
}

interface Work {
  readonly signal: AbortSignal;
  readonly report: Report;
}

type MarksByCollection = ReadonlyMap<number, readonly FeedbackMark[]>;

function isSameModel(one: ModelChoice | null, other: ModelChoice | null): boolean {
  return one?.modelId === other?.modelId && one?.dtype === other?.dtype;
}

/** `digests` where the two sides are cut otherwise. */
function paired(
  query: TaskQuery,
  left: SearchResult,
  right: SearchResult,
  digests: ReadonlyMap<number, string> | null,
  marks: MarksByCollection,
  judge: Judge | null,
): Compared {
  const placeOf = ({ passage }: { readonly passage: Passage }): TextPlace => ({
    id: passage.id,
    source: digests?.get(passage.sourceId) ?? String(passage.sourceId),
    start: passage.startUtf16,
    end: passage.endUtf16,
  });
  const own = left.hits.map(({ passage }) => passage.id);
  const others = right.hits.map(({ passage }) => passage.id);
  const ids = {
    left: own,
    right: digests === null ? others : samePlaces(left.hits.map(placeOf), right.hits.map(placeOf)),
  };
  const ndcgOf = (side: SearchResult): number | null => judge && judge(textOfQuery(query), side);
  return {
    query,
    left,
    right,
    ids,
    ndcg: measured(left.query.text, ids, others, marks),
    judged: bothOf(ndcgOf(left), ndcgOf(right)),
  };
}

function bothOf(left: number | null, right: number | null): Measured | null {
  return left === null || right === null ? null : { left, right };
}

/**
 * What is right or pinned counts 1. Both sides are judged by the same passages; a mark of the right side's own cut is
 * carried over to the place that it has on the left.
 */
function measured(
  text: string,
  ids: Compared["ids"],
  others: readonly number[],
  marks: MarksByCollection,
): Measured | null {
  const judged = new Map<number, number>();
  for (const { query, passageId, mark } of [...marks.values()].flat()) {
    if (query !== text) continue;
    const at = others.indexOf(passageId);
    const id = at >= 0 ? (ids.right[at] ?? passageId) : passageId;
    judged.set(id, Math.max(judged.get(id) ?? 0, mark === "wrong" ? 0 : 1));
  }
  if (![...judged.values()].includes(1)) return null;
  return { left: ndcg(ids.left, judged, DEPTH), right: ndcg(ids.right, judged, DEPTH) };
}
