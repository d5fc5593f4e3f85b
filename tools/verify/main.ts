import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { STEPS, type Step } from "./steps.ts";
import { addTallies, formatTally, NOTHING, tallyPlaywright, tallyVitest, type Tally } from "./tally.ts";

const BIN = join(import.meta.dirname, "../../node_modules/.bin");

function runStep({ command: [program, ...args], report }: Step): {
  ok: boolean;
  output: string;
  tally: Tally;
} {
  if (report) {
    rmSync(report.path, { force: true });
    mkdirSync(dirname(report.path), { recursive: true });
  }
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report?.path };
  const run = spawnSync(join(BIN, program), args, {
    env,
    encoding: "utf8",
    shell: process.platform === "win32",
    stdio: ["ignore", "pipe", "pipe"],
    maxBuffer: 256 * 1024 * 1024,
  });
  const output = [run.stdout, run.stderr, run.error?.message ?? ""].join("");
  const ok = run.status === 0;
  if (!report) return { ok, output, tally: NOTHING };
  if (!existsSync(report.path)) return { ok: false, output, tally: { ...NOTHING, failed: 1 } };
  const read: unknown = JSON.parse(readFileSync(report.path, "utf8"));
  const tally = report.of === "vitest" ? tallyVitest(read) : tallyPlaywright(read);
  return { ok: ok && tally.failed === 0 && tally.passed > 0, output, tally };
}

let total = NOTHING;
const startedMs = Date.now();
for (const step of STEPS) {
  const stepMs = Date.now();
  const { ok, output, tally } = runStep(step);
  total = addTallies(total, tally);
  const counts = step.report ? `  ${formatTally(tally)}` : "";
  const seconds = ((Date.now() - stepMs) / 1000).toFixed(1);
  console.log(`${ok ? "✓" : "✗"} ${step.name.padEnd(14)} ${seconds.padStart(6)} s${counts}`);
  if (ok && step.tells) console.log(output.trim().replaceAll(/^/gm, "  "));
  if (!ok) {
    console.log(`\n${step.command.join(" ")}\n${output}`);
    if (total.failed === 0) total = { ...total, failed: 1 };
    process.exitCode = 1;
    break;
  }
}
console.log(`\n${((Date.now() - startedMs) / 1000).toFixed(0)} s in all`);
console.log(formatTally(total));
