import type { Browser, Page } from "@playwright/test";
import type { serveSite } from "./serve-site.ts";

/** A slow line, as the project's own figures of Pagefind were taken on. */
const LINE = { downloadThroughput: 9e6 / 8, uploadThroughput: 3e6 / 8, latency: 40, offline: false };

type Host = Awaited<ReturnType<typeof serveSite>>;

interface Taken {
  /** Until the list is whole. */
  readonly ms: number;
  /** Until the first list, which words alone have found. */
  readonly firstMs: number;
  readonly found: number;
  readonly bytes: number;
  readonly requests: number;
  /** The same question again, everything read. */
  readonly laterMs: number | null;
}

/** Pagefind by its own interface and Sextant's element, each in a browser that has seen nothing, turn about. */
export async function firstQueries(browser: Browser, host: Host, question: string, rounds: number) {
  const pagefind: Taken[] = [];
  const sextant: Taken[] = [];
  for (let round = 0; round < rounds; round++) {
    pagefind.push(await inNewBrowser(browser, host, (page) => page.evaluate(askPagefind, question)));
    sextant.push(await inNewBrowser(browser, host, (page) => page.evaluate(askSextant, question)));
  }
  const ratios = sextant.map(({ ms }, round) => ms / (pagefind[round]?.ms ?? ms));
  const firstRatios = sextant.map(({ firstMs }, round) => firstMs / (pagefind[round]?.ms ?? firstMs));
  return {
    question,
    pagefind: middle(pagefind),
    sextant: middle(sextant),
    bytesRatio: rounded((middle(sextant)?.bytes ?? 0) / (middle(pagefind)?.bytes ?? 1)),
    timeRatio: rounded(median(ratios)),
    firstListRatio: rounded(median(firstRatios)),
    rounds: ratios.map(rounded),
  };
}

async function inNewBrowser(
  browser: Browser,
  host: Host,
  ask: (page: Page) => Promise<Omit<Taken, "bytes" | "requests">>,
): Promise<Taken> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${host.url}empty.html`);
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", LINE);
  host.sent();
  const taken = await ask(page);
  const sent = host.sent();
  await context.close();
  return { ...taken, ...sent };
}

/** In the page: its driver is not counted, as a site's own search box would not be. */
async function askPagefind(question: string) {
  const path = "/bench/ask-pagefind.js";
  const { firstByPagefind } = (await import(path)) as typeof import("./ask-pagefind.ts");
  const { ms, found } = await firstByPagefind(question);
  return { ms, firstMs: ms, found, laterMs: null };
}

/** In the page: the element's script and what it loads on focus are counted. */
async function askSextant(question: string) {
  const start = performance.now();
  const paths = ["/bench/ask-sextant.js", "/sextant/sextant-search.js"];
  const [script] = (await Promise.all(paths.map((path) => import(path)))) as [
    typeof import("./ask-sextant.ts"),
  ];
  const loaded = performance.now() - start;
  const { ms, firstMs, found, later } = await script.firstBySextant(question);
  return { ms: loaded + ms, firstMs: loaded + firstMs, found, laterMs: await later() };
}

function middle(taken: readonly Taken[]): Taken | undefined {
  return taken.toSorted((a, b) => a.ms - b.ms)[taken.length >> 1];
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;
