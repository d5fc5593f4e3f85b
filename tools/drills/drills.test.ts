import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { ERROR_CODES } from "../../src/contract/index.ts";
import { FAULTS as KILLED } from "../torture/faults.ts";
import { DRILLS, type Drill } from "./drills.ts";
import { FAULTS } from "./faults.ts";
import { readNamedTests, type NamedTest } from "./named-tests.ts";
import { BEGIN, END, formatFaults } from "./reliability-page.ts";
import { findTests, judgeDrills } from "./run-drills.ts";

const read = (file: string): string => (existsSync(file) ? readFileSync(file, "utf8") : "");

/** The one test that a drill names. */
function testOf(drill: Drill): NamedTest {
  const found = findTests(drill);
  expect(found, drill.test.join(": ")).toHaveLength(1);
  const [one] = found as [NamedTest];
  expect(one.isLeftOut, drill.test.join(": ")).toBe(false);
  return one;
}

/** Whether one of the runners takes the file, or a file that one takes runs the suite in it. */
function isRun(file: string): boolean {
  if (/^e2e\/[\w-]+\.spec\.ts$/.test(file)) return true;
  if (/^src\/.*\.test\.tsx?$|^(tools|bench)\/.*(?<!\.(browser|gpu))\.test\.tsx?$/.test(file)) return true;
  if (!file.endsWith(".contract.ts")) return false;
  const name = basename(file);
  const tests = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith(".test.ts"),
  );
  return tests.some((path) => read(join("src", path)).includes(name));
}

test("every error code has one test that brings it about and names it, in the order of the codes", () => {
  expect(Object.keys(DRILLS)).toEqual(Object.keys(ERROR_CODES));
  for (const [code, drill] of Object.entries(DRILLS)) {
    expect(isRun(drill.test[0]), drill.test[0]).toBe(true);
    expect(testOf(drill).source, `${drill.test.join(": ")} does not name ${code}`).toContain(code);
  }
});

test("every other fault has its test, or is a work that the kill test kills; it kills no other", () => {
  const faults = Object.values(FAULTS).flat();
  for (const fault of faults) {
    if (!("test" in fault)) continue;
    testOf(fault);
    expect(isRun(fault.test[0]), fault.test[0]).toBe(true);
  }
  expect(faults.flatMap((fault) => ("kill" in fault ? fault.kill : []))).toEqual(["tab", ...KILLED]);
});

test("tests are read with what leaves them out and with what they use", () => {
  const found = readNamedTests(`
    const CODE = "gpu/lost";
    const rows = () => [CODE];
    // test("in a comment", () => {});
    test.each(rows())("one of %s", () => {});
    test.skip("left out", () => {});
    describe.skip("a group", () => { it("left out with it", () => {}); });
    export function suite() { test("of a suite", async () => run("test(")); }
  `);
  expect(found.map(({ title, isLeftOut }) => [title, isLeftOut])).toEqual([
    ["one of %s", false],
    ["left out", true],
    ["left out with it", true],
    ["of a suite", false],
  ]);
  expect(found.map(({ source }) => source.includes("gpu/lost"))).toEqual([true, false, false, false]);
});

test("a fault whose test did not run, failed or was left out is told apart", () => {
  const drill = (file: string, title: string): Drill => ({ fault: title, test: [file, title] });
  const [ran, each, suite] = [
    drill("a.test.ts", "it"),
    drill("a.test.ts", "${one} %s is"),
    drill("b.contract.ts", "b"),
  ];
  const [skipped, failed, elsewhere] = ["later", "fails", "of another"].map((title) =>
    drill("a.test.ts", title),
  );
  const drills = [ran, each, suite, skipped, failed, elsewhere] as Drill[];
  const passed = { file: "/r/a.test.ts", outcome: "passed" } as const;
  const { missing, skipped: leftOut } = judgeDrills(drills, [
    { ...passed, title: "it" },
    { ...passed, title: "of what this is" },
    { ...passed, file: "/r/b.test.ts", title: "b" },
    { ...passed, title: "later", outcome: "skipped" },
    { ...passed, title: "fails", outcome: "failed" },
    { ...passed, file: "/r/c.test.ts", title: "of another" },
  ]);
  expect(missing).toEqual(["fails (a.test.ts: fails)", "of another (a.test.ts: of another)"]);
  expect(leftOut).toEqual(["later (a.test.ts: later)"]);
});

test("docs/reliability.md has them all, as npm run drills writes them", () => {
  const page = read("docs/reliability.md");
  const table = page.slice(page.indexOf(BEGIN) + BEGIN.length, page.indexOf(END));
  const cells = (text: string) => text.replaceAll(/[ -]+/g, " ").trim();
  expect(cells(table)).toBe(cells(formatFaults(read("docs/errors.md"))));
});
