import { expect, test } from "vitest";
import { isQrelsName, isQueriesName } from "./judgement-name.ts";
import { MOST_JUDGED, readJudgements } from "./judgements.ts";

const QRELS = {
  name: "test.tsv",
  content: "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t0\nq2\td 3\t1\nq3\td1\t0\nq4\td1\t1\n",
};
const QUERIES = {
  name: "queries.jsonl",
  content:
    '{"_id": "q1", "text": "tides"}\r\n{"_id": "q2", "text": " moon "}\n\n{"_id": "q3", "text": "sun"}',
};

test("qrels and JSON Lines become judged queries, in any order of the files", () => {
  const expected = {
    name: "test.tsv",
    queries: [
      { text: "tides", grades: { d1: 2, d2: 0 } },
      { text: "moon", grades: { "d 3": 1 } },
    ],
    leftOut: 2,
  };
  expect(readJudgements([QRELS, QUERIES])).toEqual(expected);
  expect(readJudgements([QUERIES, QRELS])).toEqual(expected);
});

test("queries may be plain lines, qrels TREC's, and ids the words themselves", () => {
  const trec = { name: "qrels.txt", content: "q1 0 d1 1\nq2 0 d2 3" };
  const lines = { name: "queries.tsv", content: "q1\twhat pulls the sea?\nq2\twhat is a neap tide?" };
  expect(readJudgements([trec, lines]).queries).toEqual([
    { text: "what pulls the sea?", grades: { d1: 1 } },
    { text: "what is a neap tide?", grades: { d2: 3 } },
  ]);
  const asWords = { name: "own", content: "what pulls the sea?\ttides.md\t1" };
  expect(readJudgements([asWords, { name: "none", content: " " }]).queries).toEqual([
    { text: "what pulls the sea?", grades: { "tides.md": 1 } },
  ]);
});

test("no more queries are kept than are asked", () => {
  const content = Array.from({ length: MOST_JUDGED + 7 }, (_, i) => `q${i}\td${i}\t1`).join("\n");
  const { queries, leftOut } = readJudgements([{ name: "a.tsv", content }]);
  expect([queries.length, leftOut]).toEqual([MOST_JUDGED, 7]);
});

test.each([
  ["a grade that is no number", [{ name: "a", content: "q1\td1\t1\nq1\td2\thigh" }], "Line 2 of a"],
  ["a grade that is missing", [{ name: "a", content: "q1\td1\t1\nq1\td2\t" }], "Line 2 of a"],
  ["prose", [{ name: "a.txt", content: "The moon pulls the sea twice a day." }], "Line 1 of a.txt"],
  ["a query without words", [QRELS, { name: "b", content: '{"_id": "q1"}' }], "Line 1 of b"],
  ["broken JSON", [QRELS, { name: "b", content: '{"_id": "q1", "text": "x"}\n{"_id"' }], "Line 2 of b"],
])("%s is refused by its line", (_, texts, where) => {
  expect(() => readJudgements(texts)).toThrow(
    expect.objectContaining({ code: "ingest/unreadable", message: expect.stringContaining(where) as string }),
  );
});

test("queries alone, and judgements of other queries, are refused", () => {
  const other = { name: "b", content: "z1\twords" };
  const code = expect.objectContaining({ code: "ingest/no-records" }) as Error;
  expect(() => readJudgements([QUERIES])).toThrow(code);
  expect(() => readJudgements([QRELS, other])).toThrow(code);
  expect(() => readJudgements([])).toThrow(code);
});

test("dropped files are known by where BEIR keeps them", () => {
  const paths = ["scifact/qrels/test.tsv", "qrels.tsv", "qrels.dev.tsv", "examples.tsv", "corpus.jsonl"];
  expect(paths.map(isQrelsName)).toEqual([true, true, true, false, false]);
  expect(["scifact/queries.jsonl", "my-queries.jsonl"].map(isQueriesName)).toEqual([true, false]);
});
