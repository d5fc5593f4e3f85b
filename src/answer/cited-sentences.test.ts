import { expect, test } from "vitest";
import { citedSentences } from "./cited-sentences.ts";

test.each<[string, string, readonly [string, readonly number[]][]]>([
  [
    "before the full stop",
    "Steep it [1]. Drink it [2].",
    [
      ["Steep it.", [1]],
      ["Drink it.", [2]],
    ],
  ],
  [
    "behind the full stop",
    "Steep it. [1] Drink it. [2]",
    [
      ["Steep it.", [1]],
      ["Drink it.", [2]],
    ],
  ],
  ["several in a row", "Steep it. [2][1] [3]", [["Steep it.", [1, 2, 3]]]],
  ["lists and ranges", "One [1, 2]; two [3-4]; again [2].", [["One; two; again.", [1, 2, 3, 4]]]],
  [
    "in Chinese",
    "泡三分钟【1】。然后喝【2】。",
    [
      ["泡三分钟。", [1]],
      ["然后喝。", [2]],
    ],
  ],
  [
    "in a list of lines",
    "- Steep [1]\n- Drink\n\n[2]",
    [
      ["Steep", [1]],
      ["Drink", []],
    ],
  ],
  [
    "in code",
    "Call `a[1]` first.\n```\nb[2]\n```",
    [
      ["Call a[1] first.", []],
      ["b[2]", []],
    ],
  ],
  ["links", "See [1](https://example.org) and [2].", [["See [1](https://example.org) and.", [2]]]],
])("citations %s", (_, answer, expected) => {
  const found = citedSentences(answer, 9).map(({ text, sources }) => [text, sources]);
  expect(found).toEqual(expected);
});

test("a number without a source is told apart", () => {
  expect(citedSentences("So it is [1][7][0].", 3)).toMatchObject([{ sources: [1], unknown: [0, 7] }]);
});

test("sentences point into the answer, in order, and leave out blanks only", () => {
  const answer = "First. [1]\n\n  Second is 3.5 long [2]! Third?\n* [3]";
  const sentences = citedSentences(answer, 3);
  expect(sentences.map(({ start, end }) => answer.slice(start, end))).toEqual([
    "First. [1]",
    "  Second is 3.5 long [2]! ",
    "Third?",
  ]);
});

test("what Markdown puts around words is no part of a sentence's text, and its place is as it was", () => {
  const answer = "- **Steep** it `long` [1].\n2. Drink.\n| a | b |\n## Then";
  const found = citedSentences(answer, 1);
  expect(found.map(({ text }) => text)).toEqual(["Steep it long.", "Drink.", "a b", "Then"]);
  expect(answer.slice(found[0]?.start, found[0]?.end).trim()).toBe("- **Steep** it `long` [1].");
});
