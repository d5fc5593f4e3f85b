import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { sha256 } from "../base/hash.ts";
import { isDtype, SextantError } from "../contract/index.ts";
import { ENTRY_FILE, HASHED_NAME, parseBase, parseGenerator, type SiteFiles } from "../site/index.ts";
import { untilInterrupted } from "./interrupt.ts";
import { DEFAULT_CACHE, openChosenEngine } from "./chosen-engine.ts";
import { createEmbedders, createOwnEmbedder } from "./embedders.ts";
import { createReport } from "./report.ts";
import { copyElement, copyFullModel } from "./copy-element.ts";
import { costOf } from "./site/cost.ts";
import { findPages } from "./site/find-pages.ts";
import { makeIndex, passagesByLanguage, SITE_DIM, type MadeIndex } from "./site/make-index.ts";
import { keywordPages, writeKeywords } from "./site/write-keywords.ts";

export const usage = [
  "index <site or Markdown folder> [--out <folder>] [--model <id|folder>] [--dtype q8|q4|fp16|fp32] [--dim 96]",
  "[--cache <folder>] [--processes <n>] [--no-keywords] [--full-model] [--dry-run]",
  "[--generator vitepress|docusaurus|starlight] [--base <path>] [--clean-urls] [--language en] [--locales de,zh-cn]",
].join(" ");

const BUNDLED = "sextant-mini";
/** Each opens the model by itself. */
const MOST_PROCESSES = 4;
/** Fewer are done before another process has opened the model. */
const PAGES_A_PROCESS = 100;

/**
 * Makes a built site, or the Markdown of one, searchable by keywords (Pagefind) and by meaning: static files in `<out>`, by
 * default `sextant` in the folder. Prints one line of JSON.
 */
export async function run(argv: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      out: { type: "string" },
      model: { type: "string", default: BUNDLED },
      dtype: { type: "string", default: "q8" },
      dim: { type: "string", default: String(SITE_DIM) },
      cache: { type: "string", default: DEFAULT_CACHE },
      processes: { type: "string", default: String(Math.min(availableParallelism(), MOST_PROCESSES)) },
      "no-keywords": { type: "boolean", default: false },
      "full-model": { type: "boolean", default: false },
      "dry-run": { type: "boolean", default: false },
      generator: { type: "string", default: "vitepress" },
      base: { type: "string", default: "" },
      "clean-urls": { type: "boolean", default: false },
      language: { type: "string", default: "en" },
      locales: { type: "string", default: "" },
    },
  });
  const [folder, ...more] = positionals;
  const [dim, processes] = [Number(values.dim), Number(values.processes)];
  const { dtype, cache, model } = values;
  if (
    !folder ||
    more.length > 0 ||
    !isDtype(dtype) ||
    !Number.isInteger(dim) ||
    dim < 16 ||
    !(processes >= 1)
  )
    throw new SextantError("engine/invalid-input", `Usage: sextant ${usage}`);
  if (values["full-model"] && model !== BUNDLED)
    throw new SextantError(
      "engine/invalid-input",
      `--full-model puts ${BUNDLED} beside the index, which asks for vectors of ${model}: leave one of the two out.`,
    );
  const out = values.out ?? join(folder, "sextant");

  const { from, pages, withoutBody, tooLarge } = await findPages(folder, out, {
    generator: parseGenerator(values.generator),
    base: parseBase(values.base),
    cleanUrls: values["clean-urls"],
    language: values.language,
    locales: values.locales.split(",").filter((locale) => locale !== ""),
  });
  const found = {
    from,
    pages: pages.length,
    pagesWithoutBody: withoutBody.length,
    ...(tooLarge.length > 0 && { tooLarge }),
    doubledAnchors: pages.flatMap(({ page, doubledAnchors }) =>
      doubledAnchors.map((id) => `${page.path}#${id}`),
    ),
  };
  if (values["dry-run"]) {
    const languages = [...passagesByLanguage(pages.map(({ page }) => page))];
    const passages = Object.fromEntries(languages.map(([language, own]) => [language, own.length]));
    console.log(JSON.stringify({ ...found, passages }));
    return;
  }
  const signal = untilInterrupted();
  const report = createReport(process.stderr);
  const engine = await openChosenEngine({ model, dtype, cache, onProgress: report.progress });
  const atOnce = Math.min(processes, Math.ceil(pages.length / PAGES_A_PROCESS));
  const embedders =
    atOnce < 2
      ? createOwnEmbedder(engine.face, "qa")
      : createEmbedders({ model, dtype, cache, task: "qa" }, atOnce);
  let made: MadeIndex;
  try {
    const { model: opened } = await engine.face.status({});
    made = await makeIndex({
      pages: pages.map(({ page }) => page),
      engine: engine.face,
      embedders,
      model: opened,
      dim,
      cache: await vectorsFolder(cache, folder),
      signal,
      report,
    });
  } finally {
    embedders.close();
    await engine.close();
    report.end();
  }
  await putFiles(out, made.files);
  const element = await copyElement(out);
  if (values["full-model"]) await copyFullModel(out);
  const pagesByKeyword = values["no-keywords"]
    ? 0
    : await writeKeywords(keywordPages(folder, { from, pages }), join(out, "pagefind"));
  const { passages, languages, embedded } = made;
  console.log(
    JSON.stringify({
      ...found,
      passages,
      languages,
      pagesByKeyword,
      element,
      embedded,
      ...costOf(made.files, Math.max(0, ...Object.values(languages))),
    }),
  );
}

/** The cache that all sites share has a folder for each, because a build forgets what its site does not need. */
async function vectorsFolder(cache: string, site: string): Promise<string> {
  return cache === DEFAULT_CACHE ? join(cache, "sites", (await sha256(resolve(site))).slice(0, 16)) : cache;
}

/** New files first, the entry last and at once, what is no longer named after that. */
async function putFiles(out: string, files: SiteFiles): Promise<void> {
  await mkdir(out, { recursive: true });
  for (const [name, bytes] of files) if (name !== ENTRY_FILE) await writeFile(join(out, name), bytes);
  const entry = join(out, ENTRY_FILE);
  await writeFile(`${entry}.new`, files.get(ENTRY_FILE) ?? new Uint8Array());
  await rename(`${entry}.new`, entry);
  for (const name of await readdir(out))
    if (HASHED_NAME.test(name) && !files.has(name)) await rm(join(out, name));
}
