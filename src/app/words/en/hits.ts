import type { SearchStep } from "../../../contract/index.ts";

/** A list of hits: why each is there, what the person says of it, and taking it along. */
export const hits = {
  passage: (source: string, place: string) => `${source}, passage ${place}`,
  inCollection: (collection: string, place: string) => `${collection}: ${place}`,
  showAll: "Show all of it",
  showLess: "Show less",
  open: "Open in the source",
  openAtSentence: "At the sentence that comes nearest",
  nearestSentence: "Comes nearest",
  others: (count: string) => `Show the other ${count}`,
  searching: "Searching…",

  marks: {
    right: { say: "Right", undo: "Right: take it back" },
    wrong: { say: "Wrong", undo: "Wrong: take it back" },
    pinned: { say: "Pin", undo: "Pinned: let it go" },
  },
  marksLabel: "What do you say of it?",
  marking: "Marking a hit",
  scoring: "Scoring the sentences",

  why: "Why this hit",
  semantic: "semantic",
  keywords: "keywords",
  cosine: "cosine",
  innerProduct: "inner product",
  rank: (rank: string) => `rank ${rank}`,
  byMeaning: "By meaning",
  byWords: "By words",
  partOfScore: (percent: string) => `${percent} of the score`,
  nearerThan: (percent: string, count: string) =>
    `nearer than ${percent} of the ${count} that were looked at`,
  nearest: (count: string) => `the nearest of all ${count} that were looked at`,
  deviations: (count: string) => `${count} deviations from their mean`,
  notByMeaning: "It was not compared by meaning.",
  notByWords: "None of the words asked for is in it.",
  matched: (words: string) => `matched: ${words}`,
  learned: "The question was encoded as learned from this collection.",
  sentence: "Nearest sentence",
  sentenceNearer: (count: string) => `${count} deviations from the mean passage`,
  nearDuplicates: "near-duplicates",
  byScoreAlone: (rank: string) => `${rank} by score alone`,
  likeOneAbove: (cosine: string) => `cosine ${cosine} with a hit above`,

  new: "new",
  isNew: (other: string) => `Not found ${other}`,
  moved: (places: number, up: boolean, other: string) =>
    `${places} ${places === 1 ? "place" : "places"} ${up ? "higher" : "lower"} than ${other}`,

  found: (hits: string) => `${hits} in`,
  timings: (total: string) => `${total}: what took the time`,
  timingsTitle: "What took the time",
  steps: {
    tokenize: "tokenize",
    embed: "embed",
    adapt: "adapt",
    load: "load vectors",
    keywords: "keywords",
    scan: "scan",
    remote: "ask the server",
    rescore: "re-score",
    fuse: "fuse",
    read: "read passages",
  } satisfies Record<SearchStep, string>,
  atOnce: "Bars above one another ran at the same time.",

  noVector: (passages: string, one: boolean) =>
    `${passages} ${one ? "has" : "have"} no vector yet: found by keywords only until then.`,
  indexThem: (one: boolean): string => (one ? "Index it" : "Index them"),
  truncated: (limit: string) =>
    `The query is longer than ${limit} tokens: its end was left out of the embedding.`,

  save: "Save",
  saveAs: (format: string) => `Save the hits as ${format}`,

  adapting: (percent: string) => `Learning from its own text how it is asked: ${percent} %.`,
  notAdapted: (message: string) =>
    `Learning from its own text did not work: ${message} It is tried again after the next change.`,
  noBetter: (time: string) =>
    `Tried to adapt to this collection in ${time}: on its own questions the model alone is as good, and is used.`,
  adapted: (time: string, points: string, one: boolean) =>
    `Adapted to this collection in ${time}: ${points} ${one ? "point" : "points"} of nDCG@10 more on questions made of its own text.`,
  unlisted: "Nothing was learned of this collection: the model in use does not list its language.",
  marksLearned: (count: string) => `Marks of yours here: ${count}.`,
  useLearned: "Encode questions as learned here",
  compare: "With and without it on this question",
  comparing: "Comparing",
  comparedWith: "with what was learned",
  comparedWithout: "without",
  comparedSame: (count: string) => `The first ${count} stand as they would without it.`,
  comparedMoved: (moved: string, count: string) =>
    `${moved} of the first ${count} stand elsewhere than without it.`,
  comparedRow: (title: string, after: string, before: string) => `${title}: ${after}, before ${before}`,
  below: (count: string) => `below ${count}`,
};
