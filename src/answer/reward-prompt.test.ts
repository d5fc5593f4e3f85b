import { expect, test } from "vitest";
import type { Passage, PassageRecord } from "../contract/index.ts";
import { rewardPrompt } from "./reward-prompt.ts";

const passage = (text: string, record: PassageRecord): Passage => ({
  id: 1,
  sourceId: 1,
  collectionId: 1,
  ordinal: 0,
  title: "",
  text,
  startUtf16: 0,
  endUtf16: text.length,
  record,
});
const said = ({ before, gap }: { before: string; gap: string }, answer: string) => before + gap + answer;

test("qa, icl and chat stand before the answer as in the original's scoring", () => {
  const fact = passage("Salt is white.", { kind: "document" });
  const qa = { task: "qa", question: "Colour of salt?" } as const;
  expect(said(rewardPrompt(qa, fact)!, "white")).toBe(
    "Knowledge: Salt is white.\n\nQuestion: Colour of salt?\n\nAnswer: white",
  );
  expect(said(rewardPrompt(qa, null)!, "white")).toBe("Question: Colour of salt?\n\nAnswer: white");
  const solved = passage("2+2\n4", { kind: "example", input: "2+2", output: "4" });
  expect(said(rewardPrompt({ task: "icl", input: "3+3" }, solved)!, "6")).toBe("2+2\n4\n3+3\n6");
  const exchange = passage("Hi\nHello", { kind: "exchange", speaker1: "Hi", speaker2: "Hello" });
  expect(said(rewardPrompt({ task: "chat", utterance: "Bye" }, exchange)!, "See you")).toBe(
    "Speaker 1: Hi\nSpeaker 2: Hello\nSpeaker 1: Bye\nSpeaker 2: See you",
  );
});

test("a long passage is read by its beginning; convsearch and tool have no rewards", () => {
  const long = passage("a".repeat(9000), { kind: "document" });
  expect(rewardPrompt({ task: "qa", question: "q" }, long)!.before.length).toBeLessThan(2100);
  expect(rewardPrompt({ task: "tool", request: "r" }, long)).toBe(null);
  expect(rewardPrompt({ task: "convsearch", turns: [], question: "q" }, long)).toBe(null);
});
