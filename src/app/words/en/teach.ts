/** What a language model says about the passages that helped it, from which a collection learns. */
export const teach = {
  heading: "Is this right? Let the search learn from it",
  about: (model: string, sources: string) =>
    `${model} is asked once for each of the ${sources} how far it helps towards this answer, and once without any. The collection learns which passages to find for such questions. Nobody else is asked.`,
  wanted: "The right answer, in your words where you like",
  ask: "Ask which sources helped",
  stop: "Stop; nothing is kept",
  asking: (percent: string) => `Asking: ${percent} %`,
  ways: {
    likelihood:
      "By how likely the answer is after each source (mean log-likelihood of its tokens), best first:",
    rank: "The server tells no likelihoods. By how far the answer given with each source comes closer to the right one than the answer given without any, best first:",
  },
  learned: (count: string) => `Questions for which a language model said which passages helped: ${count}.`,
  forget: "Forget that",
};
