/** What the workbenches draw beside the hits. */
export const benches = {
  convsearch: {
    edit: "Edit it",
    edited: "What is embedded: a text of your own",
    editing: "Text that is embedded",
    back: "Back to turns and question",
    leftOut: "left out",
    byTurns: "How the turns change what is found",
    explained: "The question alone, then with one turn more each time, back to the oldest that fits.",
    alone: "alone",
    byAlone: "with the question alone",
    conversation: "The conversation",
    with: (turns: number) => `+${turns}`,
    lines: "Ranks from the question alone to the question with all its turns",
    overlap: (share: string) => `Of the first ten found with all turns, the question alone finds ${share}.`,
  },
  chat: {
    title: "Recalled against merely recent",
    recalled: "Recalled by meaning",
    recent: "Most recent",
    ago: (exchanges: string) => `${exchanges} ago`,
    both: "in both",
    sum: (recalled: number, recent: number) =>
      `${recent} of the ${recalled} recalled are among the ${recalled} most recent: handing over only the latest would miss ${recalled - recent}.`,
    strip: (total: string) => `Where the recalled exchanges stand in ${total}, oldest first`,
    window: "most recent",
  },
  icl: {
    budget: "How the budget is spent",
    example: (rank: number, tokens: string) => `rank ${rank}: ${tokens} tokens`,
    input: (tokens: string) => `the input: ${tokens} tokens`,
    around: (tokens: string) => `words around them: ${tokens} tokens`,
    free: (tokens: string) => `${tokens} free`,
    spent: (used: string, budget: string) => `${used} of ${budget} tokens`,
    dropped: "Did not fit",
  },
  tool: {
    saved: (chosen: string, all: string, share: string) =>
      `${chosen} tokens instead of ${all} for all of them: ${share} saved.`,
    savedAbout: (chosen: string, all: string, share: string, seen: string) =>
      `${chosen} tokens instead of about ${all} for all of them: ${share} saved. Judged by the first ${seen}.`,
    counting: "Counting tokens…",
    seems: "seems given",
    evidence: (words: string) => `“${words}”`,
    missing: (names: string) => `Required, and not found in the request: ${names}`,
  },
  lrlm: {
    matrix: "Every chunk against every other",
    explained:
      "The darker, the smaller the angle between two chunks. Drag to choose a part, double click for all of it; the chosen chunks are outlined.",
    label: (from: string, to: string) => `Likeness of chunks ${from} to ${to}, each against each`,
    part: (from: string, to: string, total: string) => `chunks ${from} to ${to} of ${total}`,
    cell: (row: string, column: string, degrees: string) => `${row} and ${column}: ${degrees}`,
    all: "All of it",
    closer: "Closer",
    earlier: "Earlier",
    later: "Later",
    reading: "Reading the vectors…",
    none: "The chunks have no vectors yet.",
  },
};
