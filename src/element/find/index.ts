export { isUnmetered, openFullModel } from "./full-model.ts";
export { createFinder, type Finder, type FinderOptions, type Found } from "./finder.ts";
export { EVEN, fuse, keepUpTo, type FoundPage, type FoundPart, type Weights } from "./fuse.ts";
