/** The tour of one minute over the sample. */
export const tour = {
  label: (place: string, count: string) => `Tour, ${place} of ${count}`,
  back: "Back",
  next: "Next",
  end: "End the tour",
  done: "Done",
  waiting: "One moment: the sample is being read.",
  steps: {
    tasks: {
      title: "Six ways to ask",
      text: "One embedder serves six tasks. Each puts its own instruction in front of the text, so that the same words find different things.",
    },
    query: {
      title: "Ask while you write",
      text: "The answers follow what you type. Search by meaning, by words, or by both.",
    },
    limb: {
      title: "The limb",
      text: "The query lies along the base line; every passage stands at its true angle from it. The smaller the angle, the nearer the meaning.",
    },
    hits: {
      title: "Why this passage",
      text: "Each hit shows its angle, its matching words, and what meaning and words added to its score.",
    },
    prompt: {
      title: "Ready for a language model",
      text: "The best passages are put together as a prompt, within a budget of tokens.",
    },
    instruments: {
      title: "On your own machine",
      text: "The instruments tell what computes here and where your data lies. Nothing that you add leaves this device.",
    },
  },
};
