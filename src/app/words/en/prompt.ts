import type { PromptPreset } from "../../../contract/index.ts";

/** The prompt that the passages make. */
export const prompt = {
  title: "Prompt",
  answer: "Answer",
  show: "Show",
  tokens: (count: string) => `${count} tokens`,
  notYet: "Once something is found, the prompt for a language model is put together here.",
  opening: "Opening…",
  form: "Form of the prompt",
  presets: {
    practical: "for chat models",
    paper: "as in the paper",
  } as Readonly<Record<PromptPreset, string>>,
  passages: "Passages in the prompt",
  fewer: "One fewer",
  more: "One more",
  budget: (used: string, all: string, tokenizer: string) =>
    `${used} of ${all} tokens, counted by ${tokenizer}`,
  dropped: (passages: string) => `Did not fit into the budget and is left out: ${passages}.`,
  examplesFrom: "Show it solved examples of",
  noExamples: "none",
  examples: (count: string) => `With ${count} that show how to answer.`,
  copy: "Copy the prompt",
  text: "Text of the prompt",
};
