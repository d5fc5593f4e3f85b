import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { chromium, type Browser } from "@playwright/test";
import { build } from "vite";
import { findChromium } from "../../tools/chromium/find.ts";
import { makeSite } from "./make-site.ts";
import { judge } from "./judge.ts";
import { serveSite } from "./serve-site.ts";

/** A slow line, as the project's own figures of Pagefind were taken on. */
const LINE = { downloadThroughput: 9e6 / 8, uploadThroughput: 3e6 / 8, latency: 40, offline: false };

/** Pagefind and Sextant over the same pages: bytes and time of first queries, and what labelled questions find. */
export async function bench(args: readonly string[]): Promise<object> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      beir: { type: "string", multiple: true, default: [] },
      corpus: { type: "string" },
      only: { type: "string", default: "" },
      questions: { type: "string", default: "300" },
      word: { type: "string", default: "install" },
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
      mostQuestions: Number(values.questions),
    };
    const site = await makeSite(source, folder);
    const start = performance.now();
    const cache = values.cache ?? join(folder, "..", `${folder}-cache`);
    const index = JSON.parse(
      execFileSync("npx", ["tsx", "src/cli/main.ts", "index", folder, "--cache", cache], {
        encoding: "utf8",
      }),
    ) as object;
    const seconds = (performance.now() - start) / 1000;
    await buildScripts(folder);
    const host = await serveSite(folder);
    const firsts = [];
    for (const question of [values.word, site.questions[0]?.text ?? values.word])
      firsts.push(await firstQueries(browser, host, question, Number(values.rounds)));
    const quality = await judge(browser, host, folder, site.questions);
    await host.close();
    return { chromium: browser.version(), pages: site.pages, seconds, index, firsts, quality };
  } finally {
    await browser.close();
    await rm(folder, { recursive: true });
  }
}

async function buildScripts(folder: string): Promise<void> {
  await build({ configFile: "vite.element.config.ts", logLevel: "error" });
  await build({
    configFile: false,
    logLevel: "error",
    publicDir: false,
    build: {
      outDir: join(folder, "bench"),
      target: "es2022",
      lib: { entry: "bench/docs-site/page.ts", formats: ["es"], fileName: () => "page.js" },
    },
  });
  await writeFile(
    join(folder, "empty.html"),
    '<!doctype html><title>x</title><link rel="icon" href="data:,">',
  );
}

type Host = Awaited<ReturnType<typeof serveSite>>;

/** Each side in a browser that has seen nothing of the site, turn about; medians. */
async function firstQueries(browser: Browser, host: Host, question: string, rounds: number) {
  const sides = { pagefind: [] as Taken[], words: [] as Taken[], sextant: [] as Taken[] };
  for (let round = 0; round < rounds; round++)
    for (const side of ["pagefind", "words", "sextant"] as const) {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(`${host.url}empty.html`);
      const session = await context.newCDPSession(page);
      await session.send("Network.enable");
      await session.send("Network.emulateNetworkConditions", LINE);
      host.sent();
      const taken = await page.evaluate(
        async ([asked, own]) => {
          const path = "/bench/page.js";
          const script = (await import(path)) as typeof import("./page.ts");
          if (own === "pagefind") return script.firstByPagefind(asked);
          const begun = performance.now();
          let ms = 0;
          const finder = script.createFinder({
            indexUrl: new URL("/sextant/", location.href),
            siteUrl: new URL("/", location.href),
          });
          const found = await finder.find(asked, new AbortController().signal, () => {
            ms ||= performance.now() - begun;
          });
          return { ms: own === "words" ? ms : performance.now() - begun, found: found.pages.length };
        },
        [question, side] as const,
      );
      const { bytes, requests } = host.sent();
      sides[side].push({ ...taken, bytes, requests });
      await context.close();
    }
  return {
    question,
    pagefind: median(sides.pagefind),
    firstWords: median(sides.words),
    sextant: median(sides.sextant),
  };
}

interface Taken {
  readonly ms: number;
  readonly found: number;
  readonly bytes: number;
  readonly requests: number;
}

function median(taken: readonly Taken[]): Taken | undefined {
  return taken.toSorted((a, b) => a.ms - b.ms)[taken.length >> 1];
}
