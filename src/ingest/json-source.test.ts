import fc from "fast-check";
import { expect, test } from "vitest";
import { isSextantError } from "../contract/index.ts";
import { jsonRecords, readJson, type JsonItem } from "./json-source.ts";

const SEED = { seed: 20_261_121, numRuns: 150 };
const read = (text: string) => readJson({ name: "a.json", text });

async function recordsIn(text: string, breathe?: () => Promise<void>): Promise<unknown[]> {
  const values: unknown[] = [];
  for await (const { value } of jsonRecords({ name: "a.json", text }, breathe)) values.push(value);
  return values;
}

/** Every value, by every way that leads to it, is what its place in the text says. */
function expectWhole(item: JsonItem, text: string, expected: unknown): void {
  expect(item.value).toEqual(expected);
  expect(JSON.parse(text.slice(...item.span))).toEqual(expected);
  if (Array.isArray(expected)) {
    expect(item.elements).toHaveLength(expected.length);
    for (const [i, one] of item.elements.entries()) expectWhole(one, text, expected[i]);
  } else if (typeof expected === "object" && expected !== null) {
    for (const [name, value] of Object.entries(expected)) {
      const member = item.member(name);
      expect(member).toBeDefined();
      if (member) expectWhole(member, text, value);
    }
    expect(item.members.map(([name]) => name)).toEqual(expect.arrayContaining(Object.keys(expected)));
  }
}

const json = fc.jsonValue({ stringUnit: "grapheme" });

test("any JSON is read as JSON.parse reads it, with the place of every part", () =>
  fc.assert(
    fc.asyncProperty(json, fc.constantFrom(0, 1, "\t"), async (value, indent) => {
      const text = ` ${JSON.stringify(value, null, indent)}\n`;
      expectWhole(await read(text), text, JSON.parse(text));
    }),
    SEED,
  ));

test("what JSON.parse refuses is refused, and nothing else", () =>
  fc.assert(
    fc.asyncProperty(
      json,
      fc.nat(),
      fc.nat(6),
      fc.constantFrom("", ",", "]", "}", '"', "\\", "\n", "0", "-", ".", "e", "\\u12", "tru", "\u0001", "[1,]", "/**/"),
      async (value, place, cut, added) => {
        const whole = JSON.stringify(value);
        const at = place % (whole.length + 1);
        const text = (whole.slice(0, at) + added + whole.slice(at + cut)).toWellFormed();
        if (text.trim() === "") return;
        let isSound = true;
        try {
          JSON.parse(text);
        } catch {
          isSound = false;
        }
        const outcome = await read(text).catch((error: unknown) => error);
        if (isSound) expectWhole(outcome as JsonItem, text, JSON.parse(text));
        else expect(isSextantError(outcome) && outcome.code).toBe("ingest/unreadable");
      },
    ),
    SEED,
  )); // prettier-ignore

test("of a long value the parts are found without reading it again, in whatever it lies", async () => {
  const talks = Array.from({ length: 1000 }, (_, i) => ({ id: i, said: ["a", { "n\u00e9": `talk ${i}` }] }));
  const text = JSON.stringify({ about: "x".repeat(1000), talks, inner: { talks } });
  expectWhole(await read(text), text, JSON.parse(text));
  const inner = (await read(text)).member("inner")?.member("talks");
  expect(inner?.elements.at(999)?.member("said")?.elements[1]?.member("né")?.value).toBe("talk 999");
});

test("lists, lines and single values are records; other work goes on between their pieces", async () => {
  let breaths = 0;
  const breathe = (): Promise<void> => {
    breaths++;
    return Promise.resolve();
  };
  const rows = Array.from({ length: 20_000 }, (_, i) => ({ i, text: "word ".repeat(10) }));
  expect(await recordsIn(JSON.stringify(rows), breathe)).toEqual(rows);
  expect(breaths).toBeGreaterThan(1);
  expect(await recordsIn('{"a":1}\r\n\ufeff{"a":2}\n\n[3]\n4 "five"')).toEqual([{ a: 1 }, { a: 2 }, [3], 4, "five"]);
  expect(await recordsIn('{"a": [1]}')).toEqual([{ a: [1] }]);
  expect(await recordsIn(" \n")).toEqual([]);
}); // prettier-ignore

test("of members with one name the last counts, names may be escaped, and half characters are replaced", async () => {
  const item = await read('{"a":1,"\\u0061":2,"\\ud800":"\\u0000","__proto__":{"b":3}}');
  expect(item.member("a")?.value).toBe(2);
  expect(item.member("\ufffd")?.value).toBe("\ufffd");
  expect(item.member("__proto__")?.member("b")?.value).toBe(3);
});

test.each([
  ['[1, 2', 1, 6, "ends before"],
  ['{"a": tr', 1, 9, "ends before"],
  ['{"a":\n tru, "b": 1}', 2, 2, "not valid"],
  ['{"a": "x\ny"}', 1, 9, "not valid"],
  ['{"a": 1} x', 1, 10, "not valid"],
  ['{"a" 1}', 1, 6, "not valid"],
  ["{'a': 1}", 1, 2, "not valid"],
])("%j is refused where it breaks", async (text, line, column, says) => {
  await expect(read(text)).rejects.toMatchObject({
    code: "ingest/unreadable",
    message: expect.stringContaining(says) as string,
    details: { line, column },
  });
}); // prettier-ignore
