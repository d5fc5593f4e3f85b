import { readFile } from "node:fs/promises";
import { BertTokenizer } from "@xenova/transformers";
import { expect, test } from "vitest";
import { createRng } from "../../base/rng.ts";
import { createTokenizer } from "./tokenizer.ts";

const SHIPPED = new URL("../../../public/models/mini/", import.meta.url);
const read = async (path: string) => JSON.parse(await readFile(new URL(path, SHIPPED), "utf8"));
const json = await read("tokenizer.json");
const config = await read("tokenizer_config.json");
const tokenizer = await createTokenizer(json, config);
const golden: { items: { text: string; ids: number[] }[] } = JSON.parse(
  await readFile(new URL("../../../tools/golden/mini.json", import.meta.url), "utf8"),
);
const CLS = 2;
const SEP = 3;

test.each(golden.items)("the reference's ids: $text", ({ text, ids }) => {
  expect(tokenizer.encode(text, 512)).toEqual(ids);
  expect(tokenizer.count(text)).toBe(ids.length - 2);
});

test("the ids are those of transformers.js", () => {
  const whole = new BertTokenizer(json, config);
  const texts = [
    "naïve café",
    "Ünïcödé — «quotes»",
    "什么是 Astro",
    "x".repeat(120),
    "a\tb\r\nc\u00a0d",
    "[MASK] [SEP]",
  ];
  for (const text of texts) expect(tokenizer.encode(text, 512)).toEqual(whole.encode(text));
});

test("a cut text keeps its closing [SEP]", () => {
  const ids = tokenizer.encode("one two three four five six", 5);
  expect(ids).toEqual([CLS, ...tokenizer.encode("one two three", 512).slice(1, -1), SEP]);
});

test.each(["", " \n\t", "\0\0", "\ud800", "a\udc00b", "\ufffe\uffff", "​", "🧭"])(
  "%j is text too",
  (text) => {
    const ids = tokenizer.encode(text, 512);
    expect(ids[0]).toBe(CLS);
    expect(ids.at(-1)).toBe(SEP);
    expect(tokenizer.count(text)).toBe(ids.length - 2);
  },
);

test("reading only the head of a long text gives the same ids as reading all of it", () => {
  const rng = createRng(7);
  const words = [
    "sextant",
    "ölçü",
    "什么是",
    "x".repeat(150),
    "don't",
    " ",
    "\n\n",
    "1234567",
    "a".repeat(99),
  ];
  for (let round = 0; round < 20; round++) {
    const text = Array.from({ length: 400 }, () => words[Math.floor(rng() * words.length)]).join(
      rng() < 0.5 ? " " : "",
    );
    const all = tokenizer.encode(text, 100_000);
    expect(tokenizer.encode(text, 20)).toEqual([...all.slice(0, 19), SEP]);
  }
});
