/** Asks the registry for known holes in what is installed: npx tsx tools/audit/main.ts */
import { spawnSync } from "node:child_process";
import { readExceptions } from "./exceptions.ts";
import { judgeAudit } from "./judge.ts";

const run = spawnSync("npm", ["audit", "--json"], {
  encoding: "utf8",
  shell: process.platform === "win32",
  timeout: 60_000,
});

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const known = readExceptions();
const { audited, faults } = judgeAudit(parse(run.stdout), known, new Date().toISOString().slice(0, 10));
if (!audited) {
  console.error("NOT AUDITED: the registry did not answer. Nothing is known of holes in what is installed.");
  console.error(run.stderr.trim() || run.error?.message);
}
for (const fault of faults) console.error(fault);
if (audited) console.log(`${faults.length} open, ${known.length} excused by tools/audit/exceptions.json`);
if (faults.length > 0) process.exitCode = 1;
