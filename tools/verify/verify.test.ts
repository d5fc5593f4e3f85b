import { expect, test } from "vitest";
import { readRunTests } from "./reports.ts";
import { leftOutIn, runStep } from "./run-step.ts";
import { addTallies, formatTally, tallyPlaywright, tallyVitest } from "./tally.ts";

const VITEST = {
  numFailedTestSuites: 0,
  numPassedTests: 12,
  numFailedTests: 0,
  numPendingTests: 2,
  numTodoTests: 1,
};

test("vitest's counts are read, skipped and to-do tests apart", () => {
  expect(tallyVitest(VITEST)).toEqual({ passed: 12, failed: 0, skipped: 3 });
  expect(tallyVitest({ ...VITEST, numFailedTests: 2, numFailedTestSuites: 1 }).failed).toBe(2);
});

test("a file that did not load is a failure although no test of it failed", () => {
  expect(tallyVitest({ ...VITEST, numFailedTestSuites: 1 }).failed).toBe(1);
});

test("a journey that passed only on a second try has passed", () => {
  const stats = { expected: 3, unexpected: 1, flaky: 1, skipped: 0 };
  expect(tallyPlaywright({ stats })).toEqual({ passed: 4, failed: 1, skipped: 0 });
});

test("a report without counts is an error, not zero tests", () => {
  expect(() => tallyVitest({})).toThrow(TypeError);
  expect(() => tallyPlaywright(null)).toThrow(TypeError);
});

test("the closing line is plain", () => {
  const [node, smoke] = [tallyVitest(VITEST), { passed: 1, failed: 1, skipped: 0 }];
  expect(formatTally(addTallies(node, smoke))).toBe("13 passed, 1 failed, 3 skipped");
  expect(formatTally(smoke)).toBe("1 passed, 1 failed");
});

test("what a step left out is heard, once each", () => {
  const line = "SKIPPED: no Chroma server can be started here (why)";
  const output = ["stderr | a.test.ts", line, `  ${line}`, "NOT AUDITED: no answer", "none SKIPPED: here"];
  expect(leftOutIn(output.join("\n"))).toEqual([line, "NOT AUDITED: no answer"]);
});

test("each test of a report has its file and how it ended, and whether at once", () => {
  const assertionResults = ["passed", "failed", "pending", "todo"].map((status) => ({
    title: status,
    status,
  }));
  const node = readRunTests("vitest", { testResults: [{ name: "/r/a.test.ts", assertionResults }] });
  expect(node.map(({ outcome }) => outcome)).toEqual(["passed", "failed", "skipped", "skipped"]);
  expect(node[0]).toEqual({ file: "/r/a.test.ts", title: "passed", outcome: "passed" });
  const tests = [{ status: "flaky" }, { status: "expected" }, { status: "unexpected" }] as const;
  const specs = [{ title: "it", file: "a.spec.ts", tests }];
  const journeys = readRunTests("playwright", { suites: [{ suites: [{ specs }] }] });
  expect(journeys).toEqual([
    { file: "e2e/a.spec.ts", title: "it", outcome: "passed", unsteady: true },
    { file: "e2e/a.spec.ts", title: "it", outcome: "passed" },
    { file: "e2e/a.spec.ts", title: "it", outcome: "failed" },
  ]);
});

test("a step that fails tells what it printed; a program that is not there fails", async () => {
  const version = await runStep({ name: "it", command: ["prettier", "--version"] });
  expect(version).toMatchObject({ ok: true, tally: { passed: 0, failed: 0, skipped: 0 } });
  expect(version.output).toMatch(/^\d+\.\d+/);
  const refused = await runStep({ name: "it", command: ["prettier", "--check", "no-such-file.ts"] });
  expect(refused.ok).toBe(false);
  expect(refused.output).toContain("no-such-file.ts");
  expect(await runStep({ name: "it", command: ["no-such-program"] })).toMatchObject({ ok: false });
  const report = { of: "vitest", path: "node_modules/.cache/verify/none.json" } as const;
  const silent = await runStep({ name: "it", command: ["prettier", "--version"], report });
  expect(silent).toMatchObject({ ok: false, tally: { failed: 1 } });
});
