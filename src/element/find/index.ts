export { isUnmetered, openFullModel } from "./full-model.ts";
export { createFinder, type Finder, type FinderOptions, type Found } from "./finder.ts";
export { fuse, keepUpTo, type FoundPage, type FoundPart } from "./fuse.ts";
export { EVEN, formatWeights, parseWeights, type PagefindRanking, type Weights } from "./weights.ts";
