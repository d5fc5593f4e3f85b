import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { findTests } from "../drills/run-drills.ts";

test("each claim of SECURITY.md is shown by one test that is there and runs", () => {
  const rows = readFileSync("SECURITY.md", "utf8")
    .split("\n")
    .filter((line) => line.startsWith("| "));
  const drills = rows.flatMap((row) => {
    const found = /([\w./-]+\.(?:test|spec)\.tsx?): (.+?)\s*\|$/.exec(row);
    return found ? [{ fault: row, test: [found[1] ?? "", found[2] ?? ""] as const }] : [];
  });
  expect(drills.length).toBeGreaterThan(15);
  for (const who of ["document", "model", "server", "another origin", "around the element"])
    expect(
      drills.some(({ fault }) => fault.includes(who)),
      who,
    ).toBe(true);
  for (const drill of drills) {
    const [file, piece] = drill.test;
    expect(existsSync(file), file).toBe(true);
    const found = findTests(drill);
    expect(found, `${file}: ${piece}`).toHaveLength(1);
    expect(found[0]?.isLeftOut, `${file}: ${piece}`).toBe(false);
  }
});
