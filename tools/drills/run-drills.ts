import { existsSync, readFileSync } from "node:fs";
import type { RunTest } from "../verify/reports.ts";
import { DRILLS, type Drill } from "./drills.ts";
import { FAULTS } from "./faults.ts";
import { readNamedTests, type NamedTest } from "./named-tests.ts";

/** Every fault that a test of vitest or Playwright brings about. */
export const TESTED: readonly Drill[] = [
  ...Object.values(DRILLS),
  ...Object.values(FAULTS)
    .flat()
    .flatMap((fault) => ("test" in fault ? [fault] : [])),
];

/** A title as the runner prints it: with values in place of `%s`, `$name` and `${name}`. */
function printed(title: string): RegExp {
  const literal = title
    .split(/%[a-z]|\$\w+|\$\{[^}]*\}/)
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${literal.join(".*")}$`);
}

/** The tests of a drill's file whose titles have the piece that it names: one, if all is well. */
export function findTests({ test: [file, piece] }: Drill): NamedTest[] {
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  return readNamedTests(text, file.endsWith("x")).filter(({ title }) => title.includes(piece));
}

/** What was not brought about in a whole run of the checks, and what was left out there, as its runner said. Titles are whole. */
export function judgeDrills(
  drills: readonly Drill[],
  run: readonly RunTest[],
): { readonly missing: string[]; readonly skipped: string[] } {
  const [missing, skipped]: [string[], string[]] = [[], []];
  for (const { fault, test } of drills) {
    const [file, whole] = test;
    const title = printed(whole);
    // A suite that several test files share is reported by those.
    const isItsFile = file.endsWith(".contract.ts") ? () => true : (name: string) => name.endsWith(file);
    const found = run.filter((one) => isItsFile(one.file) && title.test(one.title));
    const line = `${fault} (${file}: ${whole})`;
    if (found.length === 0 || found.some(({ outcome }) => outcome === "failed")) missing.push(line);
    else if (found.every(({ outcome }) => outcome === "skipped")) skipped.push(line);
  }
  return { missing, skipped };
}
