/** Compares the tables of faults with what the runners of the checks before it reported: the last step of npm test. */
import { readFileSync } from "node:fs";
import { readRunTests } from "../verify/reports.ts";
import { ROUNDS } from "../verify/steps.ts";
import { findTests, judgeDrills, TESTED } from "./run-drills.ts";

const run = ROUNDS.flat().flatMap(({ report }) =>
  report ? readRunTests(report.of, JSON.parse(readFileSync(report.path, "utf8"))) : [],
);
const drills = TESTED.flatMap((drill) =>
  findTests(drill).map(({ title }) => ({ ...drill, test: [drill.test[0], title] as const })),
);
const { missing, skipped } = judgeDrills(drills, run);
for (const line of missing) console.error(`Not brought about: ${line}`);
for (const line of skipped) console.log(`SKIPPED: ${line}`);
console.log(`${drills.length - missing.length - skipped.length} faults brought about`);
if (missing.length > 0) process.exitCode = 1;
