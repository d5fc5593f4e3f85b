export { evaluateRun, type Qrels, type Run, type RunMeasures } from "./evaluate-run.ts";
export type { Judgements } from "./judgements.ts";
export { reciprocalRank } from "./mrr.ts";
export { ndcg } from "./ndcg.ts";
export { linesWithNumbers, readQrels, unreadableLine } from "./read-qrels.ts";
export { cappedRecall, recall } from "./recall.ts";
