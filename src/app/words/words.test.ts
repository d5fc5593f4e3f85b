import { expect, test } from "vitest";
import { firstSpoken } from "./language.ts";
import * as zh from "./zh/index.ts";

/** Every text of a tree; what takes values is called with words that no text holds. */
function textsOf(tree: unknown, path: string): readonly (readonly [path: string, text: string])[] {
  if (typeof tree === "string") return [[path, tree]];
  if (typeof tree === "function") return [[path, String(tree(["1"], ["2"], ["3"]))]];
  if (typeof tree !== "object" || tree === null) return [];
  return Object.entries(tree).flatMap(([name, part]) => textsOf(part, `${path}.${name}`));
}

test("what is said in Chinese is Chinese: every text with a letter in it holds a Chinese character", () => {
  const texts = textsOf(zh, "zh");
  expect(texts.length).toBeGreaterThan(0);
  expect(texts.filter(([, text]) => /\p{L}/u.test(text) && !/\p{Script=Han}/u.test(text))).toEqual([]);
});

test("the first language that is spoken is taken, whatever its region", () => {
  expect(firstSpoken(["fr-FR", "zh-Hant-TW", "en"])).toBe("zh");
  expect(firstSpoken(["en-GB", "zh"])).toBe("en");
  expect(firstSpoken(["fr"])).toBe("en");
});

const SOURCES = import.meta.glob<string>("../**/*.{ts,tsx}", {
  query: "?raw",
  import: "default",
  eager: true,
});

test("numbers and dates are formatted in the app's language, never in one that the code names", () => {
  const sources = Object.entries(SOURCES).filter(([path]) => !path.includes(".test."));
  expect(sources.length).toBeGreaterThan(100);
  const named = sources.filter(([, code]) =>
    /(?:Intl\.\w+Format|toLocale\w*String)\(\s*(?:["'`[]|undefined|\))/.test(code),
  );
  expect(named.map(([path]) => path)).toEqual([]);
});
