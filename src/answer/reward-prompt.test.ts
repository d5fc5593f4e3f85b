import { expect, test } from "vitest";
import { rewardPrompt } from "./reward-prompt.ts";

const said = ({ before, gap }: { before: string; gap: string }, answer: string) => before + gap + answer;

test("qa, icl and chat stand before the answer as in the original's scoring", () => {
  const fact = "Salt is white.";
  const qa = { task: "qa", question: "Colour of salt?" } as const;
  expect(said(rewardPrompt(qa, fact)!, "white")).toBe(
    "Knowledge: Salt is white.\n\nQuestion: Colour of salt?\n\nAnswer: white",
  );
  expect(said(rewardPrompt(qa, null)!, "white")).toBe("Question: Colour of salt?\n\nAnswer: white");
  const solved = "2+2\n4";
  expect(said(rewardPrompt({ task: "icl", input: "3+3" }, solved)!, "6")).toBe("2+2\n4\n3+3\n6");
  const exchange = "Speaker 1: Hi\nSpeaker 2: Hello";
  expect(said(rewardPrompt({ task: "chat", utterance: "Bye" }, exchange)!, "See you")).toBe(
    "Speaker 1: Hi\nSpeaker 2: Hello\nSpeaker 1: Bye\nSpeaker 2: See you",
  );
});

test("a long passage is read by its beginning; convsearch and tool have no rewards", () => {
  const long = "a".repeat(9000);
  expect(rewardPrompt({ task: "qa", question: "q" }, long)!.before.length).toBeLessThan(2100);
  expect(rewardPrompt({ task: "tool", request: "r" }, long)).toBe(null);
  expect(rewardPrompt({ task: "convsearch", turns: [], question: "q" }, long)).toBe(null);
});
