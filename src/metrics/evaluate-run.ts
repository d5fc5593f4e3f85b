import { countRelevant, type Judgements } from "./judgements.ts";
import { reciprocalRank } from "./mrr.ts";
import { ndcg } from "./ndcg.ts";
import { cappedRecall, recall } from "./recall.ts";

/** Judgements by query id. */
export type Qrels<Id> = ReadonlyMap<string, Judgements<Id>>;
/** Ranked ids, best first, by query id. */
export type Run<Id> = ReadonlyMap<string, Iterable<Id>>;

/** Means over the queries that have a relevant id. */
export interface RunMeasures {
  readonly queries: number;
  readonly ndcg: number;
  readonly recall: number;
  readonly cappedRecall: number;
  readonly mrr: number;
}

/** Measures a run at cut-off `k`. A judged query that the run lacks counts as an empty list; an unjudged one not at all. */
export function evaluateRun<Id>(qrels: Qrels<Id>, run: Run<Id>, k = 10): RunMeasures {
  const sums = { ndcg: 0, recall: 0, cappedRecall: 0, mrr: 0 };
  let queries = 0;
  for (const [queryId, judged] of qrels) {
    if (countRelevant(judged) === 0) continue;
    const ranked = [...(run.get(queryId) ?? [])];
    queries++;
    sums.ndcg += ndcg(ranked, judged, k);
    sums.recall += recall(ranked, judged, k);
    sums.cappedRecall += cappedRecall(ranked, judged, k);
    sums.mrr += reciprocalRank(ranked, judged, k);
  }
  const mean = (sum: number) => sum / Math.max(1, queries);
  return {
    queries,
    ndcg: mean(sums.ndcg),
    recall: mean(sums.recall),
    cappedRecall: mean(sums.cappedRecall),
    mrr: mean(sums.mrr),
  };
}
