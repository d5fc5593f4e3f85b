export { adaptCollection, MOST_PASSAGES, type AdaptRequest } from "./adapt-collection.ts";
export { adaptVector, formatAdapter, parseAdapter, type Adapter } from "./adapter.ts";
export type { MarkedHit, ScoredQuery } from "./judged-queries.ts";
export { closenessRewards, likelihoodReward, rankReward } from "./rewards.ts";
export type { TrainingPassage } from "./pairs.ts";
export { teachTable } from "./teach-table.ts";
export type { TokenTable } from "./token-table.ts";
