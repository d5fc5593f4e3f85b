import type { ErrorCode } from "../../src/contract/index.ts";
import { WAYS_OUT } from "../../src/app/state/ways-out.ts";
import { shell } from "../../src/app/words/en/shell.ts";
import { DRILLS, type Drill } from "./drills.ts";
import { FAULTS } from "./faults.ts";

export const BEGIN = "<!-- from tools/drills, by npm run drills -->";
export const END = "<!-- end -->";

const cell = (text: string): string => text.replaceAll("|", "\\|");
const testOf = ({ test: [file, title] }: Drill): string => cell(`${file}: ${title}`);

/** What docs/errors.md says is to be done about a code. */
export function adviceOf(code: ErrorCode, errorsPage: string): string {
  const row = errorsPage.split("\n").find((line) => line.startsWith(`| \`${code}\` `));
  return row?.split("|")[5]?.trim() ?? "";
}

/** The tables of docs/reliability.md: every fault that a test brings about, and what a person sees of it. */
export function formatFaults(errorsPage: string): string {
  const others = Object.entries(FAULTS).flatMap(([part, faults]) => [
    `## ${part}`,
    "",
    "| what goes wrong | what a person sees | brought about by |",
    "| --- | --- | --- |",
    ...faults.map((fault) => `| ${cell(fault.fault)} | ${cell(fault.sees)} | ${testOf(fault)} |`),
    "",
  ]);
  const codes = (Object.entries(DRILLS) as [ErrorCode, Drill][]).map(([code, drill]) => {
    const way = WAYS_OUT[code];
    const offered = way === "told" ? "" : ` · offers _${shell.waysOut[way]}_`;
    return `| ${cell(drill.fault)} | \`${code}\` | ${adviceOf(code, errorsPage)}${offered} | ${testOf(drill)} |`;
  });
  return [
    ...others,
    "## By error code",
    "",
    "| what goes wrong | code | what the app says to do | brought about by |",
    "| --- | --- | --- | --- |",
    ...codes,
    "",
  ].join("\n");
}
