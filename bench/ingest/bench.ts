import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { MATERIAL } from "./material.ts";

const MEASURE = fileURLToPath(new URL("measure.ts", import.meta.url));

/** Bytes to passages by format, in Node, without embedding. Options: README.md. */
export async function bench(args: readonly string[]): Promise<object> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      formats: { type: "string", default: Object.keys(MATERIAL).join(",") },
      megabytes: { type: "string", default: "1" },
      rounds: { type: "string", default: "5" },
    },
  });
  const rows: unknown[] = [];
  for (const format of values.formats.split(",")) {
    const bytes = String(Number(values.megabytes) * 1e6);
    const { stdout } = await promisify(execFile)(process.execPath, [
      "--import",
      "tsx",
      MEASURE,
      format,
      bytes,
      values.rounds,
    ]);
    rows.push(JSON.parse(stdout));
  }
  return { node: process.version, rows };
}
