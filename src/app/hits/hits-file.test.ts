import type { Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import papa from "papaparse";
import { expect, test } from "vitest";
import type { Hit, SearchResult } from "../../contract/index.ts";
import { HOSTILE } from "../../contract/testing/hostile.ts";
import { openStore } from "../state/testing/open-store.ts";
import { formatHits } from "./hits-file.ts";

async function found(name: string, text: string): Promise<SearchResult> {
  const { engine } = openStore();
  const { id } = await engine.createCollection({ name: "Log", kind: "document" });
  await engine.add({ collectionId: id, files: [{ name, content: text }] });
  return engine.search({
    collectionIds: [id],
    query: { task: "qa", question: "star" },
    mode: "hybrid",
    fusion: "convex",
    policy: "use",
    limit: 5,
  });
}

const save = (format: "csv" | "json" | "md", result: SearchResult): string =>
  formatHits(format, {
    task: "qa",
    result,
    nameById: new Map(result.hits.map(({ passage }) => [passage.collectionId, "=Log"])),
  });

test("a table quotes what needs it, and no cell is run as a formula; numbers below zero stay numbers", async () => {
  const result = await found("=cmd|'/C calc'!A0.md", `+1 "star", and\nanother`);
  const hits = result.hits.map((hit): Hit => ({ ...hit, score: -0.25, mark: "pinned" }));
  const csv = save("csv", { ...result, hits });
  const [head, ...rest] = csv.split("\r\n");
  expect(head).toBe(
    "\ufeffrank,score,cosine,semanticRank,bm25,keywordRank,mark,collection,source,passage,title,text",
  );
  expect(rest.join("\r\n")).toBe(
    `1,-0.25,0.9,1,1.7,1,pinned,'=Log,'=cmd|'/C calc'!A0.md,1,'=cmd|'/C calc'!A0,"'+1 ""star"", and\nanother"\r\n`,
  );
});

test("for a program everything is there", async () => {
  const result = await found("sky.md", "A star.");
  const read: unknown = JSON.parse(save("json", result));
  expect(read).toMatchObject({
    task: "qa",
    query: "star",
    hits: [{ rank: 1, source: "sky.md", passage: 1, text: "A star.", mark: null, semanticRank: 1 }],
  });
});

test("in a note text from outside is no tag, and names are no emphasis", async () => {
  const result = await found("*sky*.md", "A star <img src=x>\nand *more*.");
  expect(save("md", result)).toBe(
    "# star\n\n1. **\\*sky\\*** (\\*sky\\*.md, 1)\n\n   > A star &lt;img src=x>\n   > and *more*.\n",
  );
});

test.each([",", ";", "\t"])(
  "no hostile text is a formula in a table that is parted at %j",
  async (delimiter) => {
    for (const text of HOSTILE) {
      const csv = save("csv", await found(`${text}.md`, `${text} star`));
      const cells = papa.parse<string[]>(csv.slice(1), { delimiter }).data.flat();
      expect(
        cells.filter((cell) => /^[=+@-]/.test(cell) && Number.isNaN(Number(cell))),
        text,
      ).toEqual([]);
    }
  },
);

test("in Markdown no hostile text is a tag, a link, a picture or code that ends its quotation", async () => {
  const typesOf = (node: Nodes): string[] => [
    node.type,
    ...("children" in node ? node.children.flatMap(typesOf) : []),
  ];
  for (const text of HOSTILE) {
    const types = typesOf(fromMarkdown(save("md", await found(`${text}.md`, `${text}\n${text} star`))));
    for (const type of ["html", "link", "image", "definition", "linkReference", "imageReference"])
      expect(types, text).not.toContain(type);
  }
});
