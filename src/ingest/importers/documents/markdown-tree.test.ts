import { expect, test } from "vitest";
import { createRng } from "../../../base/rng.ts";
import { parseMarkdownBlocks } from "./markdown-tree.ts";

const PIECES = [
  "# Heading\n",
  "Setext heading\n===\n",
  "A paragraph\nof two lines.\n",
  "\n",
  "\n\n",
  "```sh\n# no heading\n\nstill code\n```\n",
  "```\nnever closed\n\n",
  "- one\n- two\n\n  more of two\n",
  "- ```\n  code in a list\n  ```\n",
  "1. first\n7. seventh\n",
  "> quoted\nlazy\n",
  "    indented code\n\n    more of it\n",
  "| a | b |\n| - | - |\n| 1 | 2 |\n",
  "<!-- a comment\n\n# in it\n-->\n",
  "<div>\ntext\n</div>\n",
  "<pre>\n\n# in it\n\n</pre>\n",
  "[old]: https://example.org\n\n",
  "***\n",
  "\ttab\n",
  "   three blanks\n",
];

async function blocksOf(text: string, windowUtf16: number): Promise<unknown[]> {
  const blocks: unknown[] = [];
  for await (const { node, at } of parseMarkdownBlocks(text, undefined, windowUtf16)) {
    const { start, end } = node.position ?? {};
    blocks.push([node.type, at + (start?.offset ?? 0), at + (end?.offset ?? 0)]);
  }
  return blocks;
}

test("read in small windows, a text has the same blocks as read at once", async () => {
  const rng = createRng(11);
  for (let round = 0; round < 40; round++) {
    const text = Array.from({ length: 12 }, () => PIECES[Math.floor(rng() * PIECES.length)] ?? "").join("");
    for (const window of [16, 60])
      expect(await blocksOf(text, window), text).toEqual(await blocksOf(text, 1e6));
  }
});

test("a heading behind a definition is read once", async () => {
  const text = `${"A paragraph. ".repeat(3)}\n\n[old]: https://example.org\nHeading\n===\n\nText.\n`;
  for (const window of [16, 50, 80]) {
    const kinds = (await blocksOf(text, window)).map((block) => (block as [string])[0]);
    expect(kinds).toEqual(["paragraph", "definition", "heading", "paragraph"]);
  }
});

test("other work goes on while a long text is read", async () => {
  let breaths = 0;
  const text = "# Part\n\nA paragraph that is not long.\n\n".repeat(1000);
  const breathe = () => Promise.resolve(void breaths++);
  for await (const { node } of parseMarkdownBlocks(text, breathe)) expect(node.position).toBeDefined();
  expect(breaths).toBeGreaterThan(8);
});
