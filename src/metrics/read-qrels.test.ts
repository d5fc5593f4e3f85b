import { expect, test } from "vitest";
import { readQrels } from "./read-qrels.ts";

const grades = (content: string) =>
  [...readQrels("test.tsv", content)].map(([id, own]) => [id, Object.fromEntries(own)]);

test("BEIR's columns and TREC's say the same, with or without a heading", () => {
  const expected = [
    ["q1", { d1: 2, "d 2": 0 }],
    ["q2", { d1: 1 }],
  ];
  const beir = "q1\td1\t2\nq1\td 2\t0\n\nq2\td1\t1\n";
  expect(grades(beir)).toEqual(expected);
  expect(grades(`\uFEFFquery-id\tcorpus-id\tscore\r\n${beir}`)).toEqual(expected);
  expect(grades("q1 0 d1 2\nq1\t0\td 2\t0\nq2 0 d1 1")).toEqual(expected);
});

test("a line that says no grade is refused by its number", () => {
  for (const line of ["q2\td2", "q2\td2\t", "q2\td2\thigh", "query-id\tcorpus-id\tscore"])
    expect(() => readQrels("test.tsv", `q1\td1\t1\n\n${line}`)).toThrow(
      expect.objectContaining({ code: "ingest/unreadable", details: { name: "test.tsv", line: 3 } }),
    );
});
