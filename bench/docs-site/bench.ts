import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { cpus, loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { build } from "vite";
import { findChromium } from "../../tools/chromium/find.ts";
import { firstQueries } from "./first-queries.ts";
import { judge } from "./judge.ts";
import { makeSite } from "./make-site.ts";
import { serveSite } from "./serve-site.ts";

/** Pagefind and Sextant over the same pages: bytes and time of first queries, and what labelled questions find. */
export async function bench(args: readonly string[]): Promise<object> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      beir: { type: "string", multiple: true, default: [] },
      corpus: { type: "string" },
      only: { type: "string", default: "" },
      without: { type: "string", default: "^$" },
      questions: { type: "string", default: "300" },
      word: { type: "string", default: "install" },
      ask: { type: "string", multiple: true, default: [] },
      rounds: { type: "string", default: "3" },
      cache: { type: "string" },
    },
  });
  if (values.beir.length === 0) throw new Error("Name a BEIR folder: --beir <folder>. See README.md.");
  const folder = await mkdtemp(join(tmpdir(), "sextant-docs-"));
  const executablePath = findChromium();
  const browser = await chromium.launch({
    args: ["--no-sandbox"],
    ...(executablePath ? { executablePath } : {}),
  });
  try {
    const source = {
      beir: values.beir.map((one) => resolve(one)),
      corpus: values.corpus,
      only: new RegExp(values.only, "v"),
      without: new RegExp(values.without, "v"),
      mostQuestions: Number(values.questions),
    };
    const site = await makeSite(source, folder);
    await buildElement();
    const start = performance.now();
    const cache = values.cache ?? join(folder, "..", `${folder}-cache`);
    const index = JSON.parse(
      execFileSync("npx", ["tsx", "src/cli/main.ts", "index", folder, "--cache", cache], {
        encoding: "utf8",
      }),
    ) as object;
    const seconds = (performance.now() - start) / 1000;
    await buildDrivers(folder);
    const host = await serveSite(folder);
    const load = { beforeQueries: loadavg()[0] };
    const asked = values.ask.length > 0 ? values.ask : [site.questions[0]?.text ?? values.word];
    const firsts = [];
    for (const question of [values.word, ...asked])
      firsts.push(await firstQueries(browser, host, question, Number(values.rounds)));
    const quality = await judge(browser, host, folder, site.questions);
    await host.close();
    return {
      chromium: browser.version(),
      cores: cpus().length,
      load: { ...load, after: loadavg()[0] },
      pages: site.pages,
      questions: site.questions.length,
      seconds,
      index,
      firsts,
      quality,
    };
  } finally {
    await browser.close();
    await rm(folder, { recursive: true });
  }
}

/** Where `sextant index` finds it. */
async function buildElement(): Promise<void> {
  await build({ configFile: "vite.element.config.ts", logLevel: "error" });
}

async function buildDrivers(folder: string): Promise<void> {
  for (const name of ["ask-pagefind", "ask-sextant"])
    await build({
      configFile: false,
      logLevel: "error",
      publicDir: false,
      build: {
        outDir: join(folder, "bench"),
        emptyOutDir: false,
        target: "es2022",
        lib: { entry: `bench/docs-site/${name}.ts`, formats: ["es"], fileName: () => `${name}.js` },
        rolldownOptions: { treeshake: { moduleSideEffects: false } },
      },
    });
  await writeFile(
    join(folder, "empty.html"),
    '<!doctype html><html lang="en"><title>x</title><link rel="icon" href="data:,">',
  );
}
