import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { DTYPES, isTaskId, type Dtype, type TaskId } from "../../src/contract/index.ts";
import { oneOf, readTexts } from "../options.ts";
import { drawTexts, measureAgreement } from "./agreement.ts";
import { makeMini } from "./make-mini.ts";

const CLI = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));

interface JudgedSet {
  readonly path: string;
  readonly task: TaskId;
}

/** What each precision costs in bytes, in its vectors and in the quality of search. Options: README.md. */
export async function bench(args: readonly string[]): Promise<object> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      model: { type: "string" },
      sets: { type: "string" },
      dtypes: { type: "string", default: "q8,fp32,q4,fp16" },
      texts: { type: "string", default: "500" },
      seed: { type: "string", default: "1" },
      "agreement-only": { type: "boolean", default: false },
    },
  });
  const { model, sets: folders } = values;
  if (!folders)
    throw new Error("Say where judged sets lie: npm run bench -- quantise --sets <folder>[,<folder>].");
  const dtypes = values.dtypes.split(",").map((name) => oneOf(name, DTYPES));
  const sets = (await Promise.all(folders.split(",").map(findSets))).flat();
  const corpora = await Promise.all(sets.map(({ path }) => readTexts(join(path, "corpus.jsonl"))));
  const texts = drawTexts(corpora.flat(), Number(values.texts), Number(values.seed));

  const head = {
    suite: "quantise",
    model: model ?? "bundled",
    texts: texts.length,
    seed: Number(values.seed),
  };
  const made = model === undefined ? await mkdtemp(join(tmpdir(), "sextant-bench-")) : null;
  try {
    if (made !== null) await makeMini(made, DTYPES);
    const folder = made ?? model ?? "";
    const agreement = await measureAgreement(folder, dtypes, texts);
    if (values["agreement-only"]) return { ...head, precisions: agreement };
    const ndcg: Partial<Record<Dtype, Record<string, number>>> = {};
    for (const dtype of dtypes) {
      const found: Record<string, number> = {};
      for (const set of sets) {
        const name = basename(set.path);
        found[name] = await evaluate(set, folder, dtype);
        console.error(`${dtype} ${name} ${found[name]}`);
      }
      ndcg[dtype] = found;
    }
    const precisions = agreement.map((one) => ({ ...one, "ndcg@10": ndcg[one.dtype] }));
    return {
      suite: "quantise",
      model: model ?? "bundled",
      texts: texts.length,
      seed: values.seed,
      precisions,
    };
  } finally {
    if (made !== null) await rm(made, { recursive: true, force: true });
  }
}

/** The sets in a folder; one whose name is no task's is searched as questions. */
async function findSets(folder: string): Promise<JudgedSet[]> {
  const found = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  return found
    .map(({ name }): JudgedSet => ({ path: join(folder, name), task: isTaskId(name) ? name : "qa" }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** nDCG@10 of searching by vectors, by the command that anyone can run. */
async function evaluate({ path, task }: JudgedSet, model: string, dtype: Dtype): Promise<number> {
  const where = ["--beir", path, "--task", task, "--model", model, "--dtype", dtype];
  const command = ["--import", "tsx", CLI, "eval", ...where, "--modes", "semantic", "--json"];
  const { stdout } = await promisify(execFile)(process.execPath, command);
  const { semantic } = JSON.parse(stdout) as { semantic: Record<string, number> };
  return semantic["ndcg@10"] ?? Number.NaN;
}
