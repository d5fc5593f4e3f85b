import { expect, test } from "vitest";
import { sentencesOfPassage } from "./passage-sentences.ts";

const told = (text: string) => sentencesOfPassage(text).map(({ start, end }) => text.slice(start, end));

test("a line's end does not end a sentence; an empty line, a heading and an item do", () => {
  const text =
    "# Two tabs\nOnly one of the tabs\nruns. The others\nask it.\n\n- It may go.\n- Then another runs.\n";
  expect(told(text)).toEqual([
    "# Two tabs",
    "Only one of the tabs\nruns.",
    "The others\nask it.",
    "- It may go.",
    "- Then another runs.",
  ]);
});

test("signs that close an emphasis do not open the next sentence", () => {
  expect(told("**Some context.** One thread runs. *Two* wait.")).toEqual([
    "**Some context.",
    "One thread runs.",
    "*Two* wait.",
  ]);
});

test("what says nothing is left out, and other scripts have sentences too", () => {
  expect(told("Yes. --- 1. Steep it for two minutes.")).toEqual(["Steep it for two minutes."]);
  expect(told("模型在工作线程里运行。数据不会离开这台电脑。")).toEqual([
    "模型在工作线程里运行。",
    "数据不会离开这台电脑。",
  ]);
  expect(told("")).toEqual([]);
});

test("a text without an end is cut into parts, and nothing of it is lost", () => {
  const text = "word ".repeat(4000);
  const found = sentencesOfPassage(text);
  expect(found.length).toBeGreaterThan(1);
  expect(found.every(({ start, end }) => end - start <= 4096)).toBe(true);
  expect(found.reduce((sum, { start, end }) => sum + end - start, 0)).toBeGreaterThan(19_900);
});
