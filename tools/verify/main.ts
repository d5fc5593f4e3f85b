import { ROUNDS } from "./steps.ts";
import { runStep } from "./run-step.ts";
import { addTallies, formatTally, NOTHING } from "./tally.ts";

let total = NOTHING;
const told: string[] = [];
const startedMs = Date.now();
for (const round of ROUNDS) {
  const ended = await Promise.all(
    round.map(async (step) => {
      const run = await runStep(step);
      const counts = step.report ? `  ${formatTally(run.tally)}` : "";
      const seconds = (run.ms / 1000).toFixed(1).padStart(6);
      console.log(`${run.ok ? "✓" : "✗"} ${step.name.padEnd(14)} ${seconds} s${counts}`);
      if (run.ok && step.tells) console.log(run.output.trim().replaceAll(/^/gm, "  "));
      return { ...run, step };
    }),
  );
  for (const one of ended) {
    total = addTallies(total, one.tally);
    told.push(...one.told);
  }
  const failed = ended.filter(({ ok }) => !ok);
  for (const { step, output } of failed) console.log(`\n${step.command.join(" ")}\n${output}`);
  if (failed.length === 0) continue;
  if (total.failed === 0) total = { ...total, failed: failed.length };
  process.exitCode = 1;
  break;
}
if (told.length > 0) console.log(`\n${told.join("\n")}`);
console.log(`\n${((Date.now() - startedMs) / 1000).toFixed(0)} s in all`);
console.log(formatTally(total));
