export {
  adaptCollection,
  MOST_PASSAGES,
  type AdaptRequest,
  type MarkedHit,
  type ScoredQuery,
} from "./adapt-collection.ts";
export { adaptVector, formatAdapter, parseAdapter, type Adapter } from "./adapter.ts";
export { likelihoodReward, rankReward } from "./rewards.ts";
export type { TrainingPassage } from "./pairs.ts";
export type { TokenTable } from "./token-table.ts";
