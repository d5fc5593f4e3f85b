import { gradesAtRanks, type Judgements } from "./judgements.ts";

/** 1 / rank of the first relevant id among the first `k`, or 0; its mean over queries is MRR@k. */
export function reciprocalRank<Id>(ranked: Iterable<Id>, judged: Judgements<Id>, k: number): number {
  const first = gradesAtRanks(ranked, judged, k).findIndex((grade) => grade > 0);
  return first === -1 ? 0 : 1 / (first + 1);
}
