import { expect, test } from "vitest";
import type { CheckedSentence } from "../../contract/index.ts";
import { cutText } from "./cut-text.ts";

const far = (start: number, end: number): CheckedSentence => ({
  start,
  end,
  text: "",
  sources: [],
  unknown: [],
  closest: null,
  isClose: false,
});

/** `~…~` is far, `{1}` a mark, `!` the end of a far sentence. */
const written = (value: string, start: number, sentences: readonly CheckedSentence[]): string =>
  cutText(value, start, sentences)
    .map((piece) => {
      if (piece.type === "mark") return `{${piece.number}}`;
      if (piece.type === "far") return "!";
      return piece.isFar ? `~${piece.text}~` : piece.text;
    })
    .join("");

test.each([
  ["Steep it [1]. Drink [2, 4-6].", "Steep it {1}. Drink {2}{4}{5}{6}."],
  ["泡三分钟【2】。", "泡三分钟{2}。"],
  ["a [12345] b [x] [9-1]", "a [12345] b [x] {9}{1}"],
])("marks in “%s” are told from the rest", (text, expected) => {
  expect(written(text, 0, [])).toBe(expected);
});

test("a sentence that is far is marked where it stands, over the nodes that it goes through", () => {
  const text = "One here. Two [1] there. Three.";
  const sentences = [far(10, 25), { ...far(25, 31), isClose: true }];
  expect(written(text, 0, sentences)).toBe("One here. ~Two ~{1}~ there. ~!Three.");
  expect(written("Two [1]", 10, sentences)).toBe("~Two ~{1}");
  expect(written(" there. Three.", 17, sentences)).toBe("~ there. ~!Three.");
  expect(written("elsewhere", 40, sentences)).toBe("elsewhere");
});
