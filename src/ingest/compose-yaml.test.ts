import { expect, test } from "vitest";
import * as yaml from "yaml";
import { composeYaml } from "./compose-yaml.ts";
import { readYaml } from "./yaml-source.ts";
import type { JsonItem } from "./json-source.ts";

/** Every value with its place, as a person's file has it. */
const places = ({ value, span, members, elements }: JsonItem): unknown => [
  members.length > 0 ? Object.keys(value as object) : elements.length > 0 ? elements.length : value,
  span,
  members.map(([name, item]) => [name, places(item)]),
  elements.map(places),
];

const operation = (i: number): string => `  /a${i}:
    # one of many
    get:
      summary: "Does ${i}: *that* & more"
      tags: [a, {b: c}]
      description: |
        * first
        & second
    "post": {summary: inline}
    parameters:
    - name: x

`;
const TEXTS = {
  "a description": `# A comment\nopenapi: 3.0.0\ninfo: {title: T}\npaths:\n${operation(1)}${operation(2)}components:\n  schemas:\n    A: {type: object}\n    ? B\n    : type: string\nempty:\nlast: end`,
  "maps in maps": "a:\n  b:\n    c:\n      d:\n        e: 1\n        f: [1, 2]\n      g: 2\n  h: ~\n",
  "merged without an anchor": "a:\n  <<: {x: 1}\n  y: 2\n",
  "a tag": "a: !!map\n  b: !!str 1\nc: 2\n",
  "carriage returns": "a:\r\n  b: 1\r\n  c: 2\r\nd: x\r\n",
  "a long key and text": `a:\n  b:\n    ${"k".repeat(900)}: ${"words ".repeat(300)}\n    z: 1\n`,
} as const;

test.each(Object.entries(TEXTS))(
  "%s has the same values at the same places as in one go",
  async (_, text) => {
    const apart = await readYaml({ name: "a.yaml", text });
    // An anchor, of which nothing is made, has it composed as a whole.
    const whole = await readYaml({ name: "a.yaml", text: `${text}\n"unused anchor": &unused 1\n` });
    const members = places(whole) as unknown[];
    expect((places(apart) as unknown[])[2]).toEqual((members[2] as unknown[]).slice(0, -1));
  },
);

test.each([
  ["a name that comes twice", "a:\n  b: 1\n  b: 2\n", 3],
  ["a line that is out of line", "a:\n  b: 1\n c: 2\n", 3],
  ["a quotation without an end", 'a:\n  b: "1\n', 2],
])("%s is refused with its line", async (_, text, line) => {
  const refused = readYaml({ name: "a.yaml", text });
  await expect(refused).rejects.toMatchObject({
    code: "ingest/unreadable",
    details: { line: expect.toSatisfy((told: number) => told >= line - 1 && told <= line + 1) as number },
  });
});

test("other work has room between the entries of large maps", async () => {
  const text = `paths:\n${Array.from({ length: 300 }, (_, i) => operation(i)).join("")}`;
  const lines = new yaml.LineCounter();
  const tokens = [...new yaml.Parser(lines.addNewLine).parse(text)];
  let breaths = 0;
  const breathe = async (): Promise<void> => void breaths++;
  const document = await composeYaml(tokens, false, { yaml, lines, end: text.length, breathe });
  expect(breaths).toBeGreaterThan(300);
  expect(document.toJS()).toEqual(yaml.parse(text));
});
