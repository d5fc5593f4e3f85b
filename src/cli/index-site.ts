import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { isDtype, SextantError } from "../contract/index.ts";
import {
  cutPassages,
  principalAxes,
  projected,
  titleOf,
  writeSite,
  type SiteFiles,
  type SitePassage,
} from "../site/index.ts";
import { DEFAULT_CACHE, openChosenEngine } from "./chosen-engine.ts";
import { createReport } from "./report.ts";
import { copyElement } from "./copy-element.ts";
import { costOf } from "./site/cost.ts";
import { findPages } from "./site/find-pages.ts";
import { openKeptVectors } from "./site/kept-vectors.ts";
import { teachTable } from "./site/teach-table.ts";
import { writeKeywords } from "./site/write-keywords.ts";

export const usage = [
  "index <site folder> [--out <folder>] [--model <id|folder>] [--dtype q8|q4|fp16|fp32] [--dim 96]",
  "[--cache <folder>] [--no-keywords] [--dry-run]",
].join(" ");

const BUNDLED = "sextant-mini";

/**
 * Makes a built site searchable by keywords (Pagefind) and by meaning: static files in `<out>`, by default `sextant` in the
 * site's folder. Prints one line of JSON.
 */
export async function run(argv: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      out: { type: "string" },
      model: { type: "string", default: BUNDLED },
      dtype: { type: "string", default: "q8" },
      dim: { type: "string", default: "96" },
      cache: { type: "string", default: DEFAULT_CACHE },
      "no-keywords": { type: "boolean", default: false },
      "dry-run": { type: "boolean", default: false },
    },
  });
  const [folder, ...more] = positionals;
  const dim = Number(values.dim);
  const { dtype, cache, model } = values;
  if (!folder || more.length > 0 || !isDtype(dtype) || !Number.isInteger(dim) || dim < 16)
    throw new SextantError("engine/invalid-input", `Usage: sextant ${usage}`);
  const out = values.out ?? join(folder, "sextant");

  const { pages, withoutBody } = await findPages(folder, out);
  const passages = pages.flatMap(({ page }) => cutPassages(page));
  const found = {
    pages: pages.length,
    pagesWithoutBody: withoutBody.length,
    passages: passages.length,
    doubledAnchors: pages.flatMap(({ page, doubledAnchors }) =>
      doubledAnchors.map((id) => `${page.path}#${id}`),
    ),
  };
  if (values["dry-run"]) {
    console.log(JSON.stringify(found));
    return;
  }
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort());
  const made = await makeIndex(passages, { model, dtype, dim, cache, signal: stop.signal });
  await putFiles(out, made.files);
  const element = await copyElement(out);
  const pagesByKeyword = values["no-keywords"] ? 0 : await writeKeywords(folder, join(out, "pagefind"));
  console.log(
    JSON.stringify({ ...found, pagesByKeyword, element, embedded: made.embedded, ...costOf(made.files) }),
  );
}

interface Making {
  readonly model: string;
  readonly dtype: "q8" | "q4" | "fp16" | "fp32";
  readonly dim: number;
  readonly cache: string;
  readonly signal: AbortSignal;
}

async function makeIndex(passages: readonly SitePassage[], { model, dtype, dim, cache, signal }: Making) {
  const report = createReport(process.stderr);
  const engine = await openChosenEngine({ model, dtype, cache, onProgress: report.progress });
  try {
    const kept = await openKeptVectors(cache, `${model}-${dtype}`);
    let done = 0;
    const embedded = await kept.vectorsOf(
      passages.map((passage) => `${titleOf(passage)} ${passage.text}`),
      async (texts) => {
        signal.throwIfAborted();
        const made = await engine.face.embed({ task: "qa", side: "key", texts }, { signal });
        done += texts.length;
        report.say("embedding passages", `${done} of ${passages.length}`);
        return made;
      },
    );
    await kept.save();
    const axes = principalAxes(embedded.vectors, embedded.dim, Math.min(dim, embedded.dim));
    const vectors = projected(embedded.vectors, axes);
    const onProgress = (part: number): void =>
      report.say("learning the words", `${Math.round(part * 100)} %`);
    const table = await teachTable(passages, vectors, { axes, engine: engine.face, signal, onProgress });
    report.end();
    const files = await writeSite({
      model,
      passages,
      vectors,
      axes,
      rowByWord: table.rowByWord,
      wordVectors: table.vectors,
    });
    return { files, embedded: embedded.embedded };
  } finally {
    await engine.close();
  }
}

/** New files first, the entry last, what is no longer named after that. */
async function putFiles(out: string, files: SiteFiles): Promise<void> {
  await mkdir(out, { recursive: true });
  for (const [name, bytes] of files) await writeFile(join(out, name), bytes);
  for (const name of await readdir(out))
    if (/^[a-z]+-[0-9a-f]{16}\.bin$/.test(name) && !files.has(name)) await rm(join(out, name));
}
