export { evaluateRun, type Qrels, type Run, type RunMeasures } from "./evaluate-run.ts";
export { reciprocalRank } from "./mrr.ts";
export { ndcg } from "./ndcg.ts";
export { cappedRecall, recall } from "./recall.ts";
export type { Judgements } from "./judgements.ts";
