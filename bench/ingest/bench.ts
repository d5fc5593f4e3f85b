import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { MATERIAL } from "./material.ts";
import { measureQueries } from "./queries.ts";

const MEASURE = fileURLToPath(new URL("measure.ts", import.meta.url));

/** Bytes to passages by format, in Node, without embedding; or queries beside that work. Options: README.md. */
export async function bench(args: readonly string[]): Promise<object> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      formats: { type: "string", default: Object.keys(MATERIAL).join(",") },
      megabytes: { type: "string", default: "1" },
      rounds: { type: "string", default: "5" },
      queries: { type: "boolean", default: false },
    },
  });
  if (values.queries) return { node: process.version, queries: await measureQueries() };
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
