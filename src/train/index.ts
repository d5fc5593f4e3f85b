export { compareMixes, weightOf, type GateResult, type HeldOut, type Mix } from "./gate.ts";
export { gradedDistillation, infoNce, klDistillation, type LossOf } from "./losses.ts";
export { pairsOf, type Pair, type TrainingPassage } from "./pairs.ts";
export { likelihoodReward, MARK_REWARDS, rankReward } from "./rewards.ts";
export { createTokenTable, encodeRows, rowsOf, type TokenTable } from "./token-table.ts";
