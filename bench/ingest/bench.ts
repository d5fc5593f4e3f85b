import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { measureEmbedding } from "./embedding.ts";
import { MATERIAL } from "./material.ts";
import { measureQueries } from "./queries.ts";

const MEASURE = fileURLToPath(new URL("measure.ts", import.meta.url));

/** Bytes to passages by format, in Node; beside it what embedding takes, or queries beside that work. Options: README.md. */
export async function bench(args: readonly string[]): Promise<object> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      formats: { type: "string", default: Object.keys(MATERIAL).join(",") },
      megabytes: { type: "string", default: "1" },
      rounds: { type: "string", default: "5" },
      queries: { type: "boolean", default: false },
      embedding: { type: "boolean", default: false },
    },
  });
  if (values.queries) return { node: process.version, queries: await measureQueries() };
  const rows: unknown[] = [];
  const folder = await mkdtemp(join(tmpdir(), "sextant-bench-"));
  try {
    for (const format of values.formats.split(",")) {
      const file = join(folder, format);
      await writeFile(file, MATERIAL[format]?.make(Number(values.megabytes) * 1e6) ?? "");
      const options = ["--import", "tsx", MEASURE, format, file, values.rounds];
      const { stdout } = await promisify(execFile)(process.execPath, options);
      rows.push(JSON.parse(stdout));
      await rm(file);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  return {
    node: process.version,
    rows,
    ...(values.embedding ? { embedding: await measureEmbedding() } : {}),
  };
}
