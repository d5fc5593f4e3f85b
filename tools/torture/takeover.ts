import type { Page } from "@playwright/test";
import { createRng } from "../../src/base/rng.ts";
import { askPage, type Ask } from "./ask-page.ts";
import { startChromium, type BrowserProcess, type ChromiumProcess } from "./chromium-process.ts";
import type { Told } from "./page-calls.ts";
import { passageText } from "./words.ts";

/** How the tab that runs the engine goes: as a person closes it, or by SIGKILL to its process. */
export const WAYS = ["closed", "killed"] as const;
export type Way = (typeof WAYS)[number];

/** What is under way meanwhile: nothing, or an addition that the tab which goes asked for, or one that another tab did. */
export const WORKS = ["nothing", "its own", "another's"] as const;
export type Work = (typeof WORKS)[number];

export interface TakeoverOptions {
  readonly url: string;
  readonly profile: string;
  readonly seed: number;
  readonly rounds: number;
  /** Passages that are there from the beginning. */
  readonly passages: number;
  /** Passages of a source that is added while the tab goes. */
  readonly adding: number;
  readonly say: (line: string) => void;
}

/** One tab that went. Units: milliseconds from just before it was closed or killed. */
export interface Takeover {
  readonly way: Way;
  readonly work: Work;
  /** Until a search in the tab that took over was answered. */
  readonly nextMs: number;
  /** The same in a tab that had to find the new one. */
  readonly otherMs: number;
  /** What all of the browser's processes computed meanwhile, whatever else the machine had to do. */
  readonly processorMs: number;
}

export interface TakeoverReport {
  readonly seed: number;
  readonly browser: string;
  readonly passages: number;
  readonly rounds: readonly Takeover[];
  readonly acknowledgedPassages: number;
  readonly lostPassages: number;
  readonly why: readonly string[];
}

interface Tab {
  readonly page: Page;
  readonly ask: Ask;
  /** Hears how many passages of a source are stored. */
  hear: (name: string, count: number) => void;
}

const BASE = "base";

/** Three tabs; the one that runs the engine goes, the next takes over, a new one comes: again and again. */
export async function takeOver(options: TakeoverOptions): Promise<TakeoverReport> {
  const rng = createRng(options.seed);
  const chromium = await startChromium(options.profile);
  const rounds: Takeover[] = [];
  const why: string[] = [];
  let [acknowledged, lost] = [0, 0];
  try {
    const tabs: Tab[] = [];
    for (let count = 0; count < 3; count++) tabs.push(await openTab(chromium, options.url));
    await tabs[0]?.ask("index", { add: [{ name: BASE, passages: options.passages }] });
    const text = passageText(BASE, options.passages - 1);

    for (let round = 0; round < options.rounds; round++) {
      const [owner, next, other] = tabs as [Tab, Tab, Tab];
      const way = WAYS[round % WAYS.length] ?? "closed";
      const work = WORKS[Math.floor(rng() * WORKS.length)] ?? "nothing";
      const fault = (what: string): void => void why.push(`round ${round + 1}, ${way}: ${what}`);
      await Promise.all(tabs.map(({ ask }) => ask("seek", { text })));
      const name = `r${round}`;
      const worker = work === "its own" ? owner : work === "another's" ? other : null;
      const added = worker && (await beginAdding(worker, name, options.adding));
      await new Promise((resolve) => setTimeout(resolve, rng() * 400));

      // Who searches has that tab in front.
      await next.page.bringToFront();
      const before = await chromium.processes();
      const victim = way === "killed" ? busiestTab(before) : null;
      const fromMs = Date.now();
      const gone = (victim === null ? owner.page.close() : kill(victim, owner.page)).then(() => Date.now());
      const answers = await Promise.all([next, other].map(({ ask }) => seekAfter(gone, ask, text)));
      const processorMs = processorBetween(before, await chromium.processes());
      const [nextMs = Number.NaN, otherMs = Number.NaN] = answers.map(({ atMs }) => atMs - fromMs);
      rounds.push({ way, work, nextMs, otherMs, processorMs });
      options.say(
        `${way}, adding ${work}: ${nextMs} ms, other tabs ${otherMs} ms, processor ${processorMs.toFixed(0)} ms`,
      );
      if (answers.some(({ isFound }) => !isFound)) fault("a passage was not found");
      if (!(await next.ask("owns", {})).isOwner) fault("another tab than the next one took over");

      if (added) {
        // What a tab that is there asked for goes on by itself; the work of one that is gone is nobody's.
        if (worker !== owner) await added.ended;
        const found = (await next.ask("held", {})).sources.filter((source) => source.name === name);
        const promised = worker === owner ? added.told() : options.adding;
        const missing = Math.max(0, promised - (found[0]?.done ?? 0));
        acknowledged += promised;
        lost += missing;
        if (missing > 0) fault(`${missing} of ${promised} acknowledged passages are gone`);
        if (found.length > 1) fault(`a source is there ${found.length} times`);
        await next.ask("trim", { names: [name] });
      }
      if (round + 1 === options.rounds) break;
      tabs.splice(0, 1);
      tabs.push(await openTab(chromium, options.url));
    }
    return {
      seed: options.seed,
      browser: `Chromium ${chromium.browser.version()}`,
      passages: options.passages,
      rounds,
      acknowledgedPassages: acknowledged,
      lostPassages: lost,
      why,
    };
  } finally {
    await chromium.kill();
  }
}

async function openTab(chromium: ChromiumProcess, url: string): Promise<Tab> {
  const page = await chromium.context.newPage();
  const tab: Tab = { page, ask: askPage(page), hear: () => undefined };
  await page.exposeFunction("tell", (told: Told) => {
    if (told.type === "passages") tab.hear(told.name, told.count);
  });
  await page.goto(url);
  await page.waitForFunction(() => "torture" in globalThis);
  await tab.ask("open", { device: "wasm" });
  return tab;
}

/** Settles when the first of the passages are stored. */
async function beginAdding(tab: Tab, name: string, passages: number) {
  let most = 0;
  const ended = await new Promise<{ readonly all: Promise<void> }>((resolve) => {
    tab.hear = (of, count) => {
      if (of !== name || count === 0) return;
      most = Math.max(most, count);
      resolve({ all });
    };
    const all = tab.ask("index", { add: [{ name, passages }] });
    // A tab that goes answers no more.
    all.then(
      () => resolve({ all }),
      () => undefined,
    );
  });
  return { ended: ended.all, told: () => most };
}

/** Asks at once; an answer that the engine gave before it went does not count. */
async function seekAfter(gone: Promise<number>, ask: Ask, text: string) {
  const [first, goneMs] = await Promise.all([ask("seek", { text }), gone]);
  return first.atMs > goneMs ? first : ask("seek", { text });
}

/** The tab that runs the engine has computed most. */
function busiestTab(processes: readonly BrowserProcess[]): number {
  const [busiest] = processes
    .filter(({ type }) => type === "renderer")
    .toSorted((a, b) => b.processorMs - a.processorMs);
  if (!busiest) throw new Error("The browser names no process of a tab.");
  return busiest.pid;
}

async function kill(pid: number, page: Page): Promise<void> {
  const crashed = page.waitForEvent("crash");
  process.kill(pid, "SIGKILL");
  await crashed;
  await page.close();
}

/** Of the processes that are there at the end. */
function processorBetween(before: readonly BrowserProcess[], after: readonly BrowserProcess[]): number {
  const beforeByPid = new Map(before.map(({ pid, processorMs }) => [pid, processorMs]));
  return after.reduce((sum, { pid, processorMs }) => sum + processorMs - (beforeByPid.get(pid) ?? 0), 0);
}
