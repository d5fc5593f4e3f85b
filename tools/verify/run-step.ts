import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { readRunTests, type RunTest } from "./reports.ts";
import type { Step } from "./steps.ts";
import { NOTHING, tallyPlaywright, tallyVitest, type Tally } from "./tally.ts";

const BIN = join(import.meta.dirname, "../../node_modules/.bin");

export interface StepRun {
  readonly ok: boolean;
  /** All that it printed. */
  readonly output: string;
  readonly tally: Tally;
  /** What it left out, and which tests passed on a second try only, a line each. */
  readonly told: readonly string[];
  readonly ms: number;
}

/** Runs one step to its end. A runner that leaves no report, or counts no test, has failed. */
export async function runStep({ command, report }: Step): Promise<StepRun> {
  const startMs = Date.now();
  if (report) {
    rmSync(report.path, { force: true });
    mkdirSync(dirname(report.path), { recursive: true });
  }
  const { output, status } = await run(command, { PLAYWRIGHT_JSON_OUTPUT_FILE: report?.path });
  const told = leftOutIn(output);
  const ended = { output, told, ms: Date.now() - startMs };
  if (!report) return { ...ended, ok: status === 0, tally: NOTHING };
  if (!existsSync(report.path)) return { ...ended, ok: false, tally: { ...NOTHING, failed: 1 } };
  const read: unknown = JSON.parse(readFileSync(report.path, "utf8"));
  const tally = report.of === "vitest" ? tallyVitest(read) : tallyPlaywright(read);
  const tests = readRunTests(report.of, read);
  const named = (sign: string, some: readonly RunTest[]): string[] =>
    some.map(({ file, title }) => `${sign}: ${relative(process.cwd(), resolve(file))}: ${title}`);
  return {
    ...ended,
    tally,
    told: [
      ...told,
      ...named(
        "SKIPPED",
        tests.filter(({ outcome }) => outcome === "skipped"),
      ),
      ...named(
        "UNSTEADY",
        tests.filter(({ unsteady }) => unsteady),
      ),
    ],
    ok: status === 0 && tally.failed === 0 && tally.passed > 0,
  };
}

/** The lines in which a step says that something was not done, each once. */
export function leftOutIn(output: string): string[] {
  const lines = output.split("\n").map((line) => line.trim());
  return [...new Set(lines.filter((line) => /^(SKIPPED|NOT [A-Z]+):/.test(line)))];
}

function run(
  [program, ...args]: Step["command"],
  env: NodeJS.ProcessEnv,
): Promise<{ readonly output: string; readonly status: number | null }> {
  return new Promise((resolve) => {
    const child = spawn(join(BIN, program), args, {
      env: { ...process.env, ...env },
      shell: process.platform === "win32",
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    const take = (text: string): void => void (output += text);
    child.stdout.setEncoding("utf8").on("data", take);
    child.stderr.setEncoding("utf8").on("data", take);
    child.on("error", (error) => take(error.message));
    child.on("close", (status) => resolve({ output, status }));
  });
}
