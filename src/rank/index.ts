export { diversify, type DiversityInput } from "./diversify.ts";
export { fuseConvex, type ConvexInput } from "./fuse-convex.ts";
export { fuseReciprocalRank } from "./reciprocal-rank.ts";
export { guessLanguage, type LanguageGuess } from "./guess-language.ts";
export { markWords } from "./mark-words.ts";
export { rankKeywords, rankSemantic } from "./one-half.ts";
export { snippetOf } from "./snippet.ts";
export type { FusionInput } from "./candidates.ts";
export type { RankedHit } from "./ranked-hit.ts";
