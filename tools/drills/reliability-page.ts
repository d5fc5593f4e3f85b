import type { ErrorCode } from "../../src/contract/index.ts";
import { WAYS_OUT } from "../../src/app/state/ways-out.ts";
import { shell } from "../../src/app/words/en/shell.ts";
import { DRILLS, type Drill } from "./drills.ts";
import { SHORT_FAULTS } from "../torture/faults.ts";
import { FAULTS, type Kill } from "./faults.ts";

export const BEGIN = "<!-- from tools/drills, by npm run drills -->";
export const END = "<!-- end -->";
const SHORT = "tools/torture/short.ts";

const cell = (text: string): string => text.replaceAll("|", "\\|");
const testOf = ({ test: [file, title] }: Drill): string => cell(`${file}: ${title}`);

/** What brings it about, and when that runs. */
function broughtAbout(fault: Drill | Kill): string {
  if ("test" in fault) return `${testOf(fault)} | every check`;
  const isTab = fault.kill === "tab";
  const isShort = fault.kill === "tab" || SHORT_FAULTS.includes(fault.kill);
  const long = isTab ? "`npm run bench -- takeover`" : `\`npm run torture -- --faults ${fault.kill}\``;
  return isShort
    ? `${cell(SHORT)}, and often in ${long} | every check, once`
    : `${long} | only when asked for, not in checks`;
}

/** What docs/errors.md says is to be done about a code. */
export function adviceOf(code: ErrorCode, errorsPage: string): string {
  const row = errorsPage.split("\n").find((line) => line.startsWith(`| \`${code}\` `));
  return row?.split("|")[5]?.trim() ?? "";
}

/** The tables of docs/reliability.md: every fault that is brought about, what a person sees of it, by what and when. */
export function formatFaults(errorsPage: string): string {
  const others = Object.entries(FAULTS).flatMap(([part, faults]) => [
    `## ${part}`,
    "",
    "| what goes wrong | what a person sees | brought about by | when |",
    "| --- | --- | --- | --- |",
    ...faults.map((fault) => `| ${cell(fault.fault)} | ${cell(fault.sees)} | ${broughtAbout(fault)} |`),
    "",
  ]);
  const codes = (Object.entries(DRILLS) as [ErrorCode, Drill][]).map(([code, drill]) => {
    const way = WAYS_OUT[code];
    const offered = way === "told" ? "" : ` · offers _${shell.waysOut[way]}_`;
    return `| ${cell(drill.fault)} | \`${code}\` | ${adviceOf(code, errorsPage)}${offered} | ${broughtAbout(drill)} |`;
  });
  return [
    ...others,
    "## By error code",
    "",
    "| what goes wrong | code | what the app says to do | brought about by | when |",
    "| --- | --- | --- | --- | --- |",
    ...codes,
    "",
  ].join("\n");
}
