import { expect, test } from "vitest";
import { readExceptions } from "./exceptions.ts";
import { judgeAudit, type Exception } from "./judge.ts";

const hole = {
  name: "parser",
  title: "Endless loop",
  url: "https://github.com/advisories/GHSA-1111-2222-3333",
  severity: "high",
};
const report = {
  auditReportVersion: 2,
  vulnerabilities: { parser: { via: [hole] }, app: { via: ["parser"] } },
};
const excuse: Exception = {
  advisory: "GHSA-1111-2222-3333",
  package: "parser",
  reason: "Only our own files go through it.",
  expires: "2027-01-31",
};

test("a hole is a fault unless it is excused by name, until the day that is written", () => {
  expect(judgeAudit(report, [], "2026-12-01")).toEqual({
    audited: true,
    faults: ["parser: Endless loop (high), https://github.com/advisories/GHSA-1111-2222-3333"],
  });
  expect(judgeAudit(report, [excuse], "2026-12-01").faults).toEqual([]);
  expect(judgeAudit(report, [excuse], "2027-01-31").faults).toHaveLength(2);
  expect(judgeAudit(report, [{ ...excuse, package: "other" }], "2026-12-01").faults).toHaveLength(2);
});

test("an exception that excuses nothing is to be removed", () => {
  const clean = { auditReportVersion: 2, vulnerabilities: {} };
  expect(judgeAudit(clean, [], "2026-12-01")).toEqual({ audited: true, faults: [] });
  expect(judgeAudit(clean, [excuse], "2026-12-01").faults[0]).toContain("remove it");
});

test.each([
  ["no answer", null],
  ["a refusal", { message: "405 Method Not Allowed", statusCode: 405 }],
  ["a report of another version", { auditReportVersion: 3, vulnerabilities: {} }],
])("%s is no audit, and never taken for a clean one", (_, said) => {
  expect(judgeAudit(said, [excuse], "2026-12-01")).toEqual({ audited: false, faults: [] });
});

test("each written exception says why, and until when", () => {
  for (const one of readExceptions()) {
    expect(one.reason.length).toBeGreaterThan(20);
    expect(one.expires).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  }
});
