import { createRng } from "../../src/base/rng.ts";
import { askPage, type Ask } from "./ask-page.ts";
import { checkRound, NEWEST_OLD, type Promised } from "./check-round.ts";
import { startChromium, type ChromiumProcess } from "./chromium-process.ts";
import { createMoments, planFaults, type Fault } from "./faults.ts";
import { createLedger, type Ledger } from "./ledger.ts";
import { DIRECTORIES, type Told, type Wanted } from "./page-calls.ts";

export interface TortureOptions {
  readonly url: string;
  readonly profile: string;
  readonly seed: number;
  readonly rounds: number;
  readonly faults: readonly Fault[];
  /** So many rounds more are made in place of those whose kill came when the work was through. */
  readonly redraws: number;
  readonly say: (line: string) => void;
}

export interface TortureReport {
  readonly seed: number;
  readonly browser: string;
  readonly rounds: number;
  /** Kills by what was under way; those that came when it was through already are `late`. */
  readonly faults: Readonly<Record<string, number>>;
  readonly acknowledgedWrites: number;
  readonly lostWrites: number;
  readonly corruptRows: number;
  /** The most that was found after one kill. */
  readonly orphanBytes: number;
  /** Vectors that were compared with ones computed anew. */
  readonly vectorsChecked: number;
  readonly why: readonly string[];
}

/** Living sources of the engine's collection: enough to remove some, few enough to embed all of them again. */
const LIVING = { least: 3, most: 6 } as const;
const MOST_STORED = 12;

/** Kills a browser at random moments of its work, opens it again, and compares what is there with what was promised. */
export async function torture(options: TortureOptions): Promise<TortureReport> {
  const rng = createRng(options.seed);
  const moments = createMoments(rng);
  const [engine, store] = [createLedger(), createLedger()];
  const faults: Record<string, number> = {};
  const why: string[] = [];
  const sums = { lostWrites: 0, corruptRows: 0, orphanBytes: 0, vectorsChecked: 0, imported: 0 };
  let promised: Promised | null = null;
  let imported = 0;
  let lastName = 0;
  let version = "";

  const between = (least: number, most: number): number => least + Math.floor(rng() * (most - least));
  const sources = (count: number, least: number, most: number): Wanted =>
    Array.from({ length: count }, () => ({ name: `s${++lastName}`, passages: between(least, most) }));

  /** Keeps the material within bounds. */
  async function tend(ask: Ask): Promise<void> {
    const living = engine.named("living");
    if (living.length < LIVING.least) await ask("index", { add: sources(LIVING.least, 20, 90) });
    if (living.length <= LIVING.most) return;
    const names = living.slice(0, living.length - LIVING.least);
    await ask("trim", { names });
    engine.done([...names, ...engine.named("removed")], "absent");
  }

  /** Makes ready what will be killed. */
  async function prepare(ask: Ask, fault: Fault): Promise<{ begin(): Promise<unknown>; promised: Promised }> {
    const seed = between(0, 2 ** 31);
    const made: Promised = { fault, engine, store, imported: 0, bundled: 0, old: 0 };
    switch (fault) {
      case "index": {
        const add = sources(3, 20, 140);
        return { promised: made, begin: () => ask("index", { add }) };
      }
      case "remove": {
        const names = engine.named("living");
        return { promised: made, begin: () => ask("remove", { names, seed }) };
      }
      case "write": {
        if (store.named("living").length > MOST_STORED) {
          await ask("clear", { directory: DIRECTORIES.store });
          store.clear();
        }
        const [add, names] = [sources(6, 40, 400), store.named("living")];
        return { promised: made, begin: () => ask("write", { add, names, seed }) };
      }
      case "migrate": {
        const old = between(1500, 3000);
        await ask("clear", { directory: DIRECTORIES.old });
        await ask("makeOld", { schema: between(1, NEWEST_OLD + 1), passages: old });
        return { promised: { ...made, old }, begin: () => ask("migrate", {}) };
      }
      case "import": {
        const bundled = (await ask("makeBundle", {})).passages;
        return { promised: { ...made, bundled }, begin: () => ask("importBundle", {}) };
      }
      case "convert":
        return { promised: made, begin: () => ask("convert", {}) };
    }
  }

  /** One life of the browser: looks at what the last one left, then works until it is killed. */
  async function live(
    chromium: ChromiumProcess,
    fault: Fault | null,
  ): Promise<{ readonly said: string; readonly isLate: boolean }> {
    version = `Chromium ${chromium.browser.version()}`;
    let ledger: Ledger = engine;
    let start: () => void = () => undefined;
    const hear = (told: Told): void => {
      if (told.type === "started") start();
      else if (told.type === "begin") ledger.begin(told.names, told.to);
      else if (told.type === "done") ledger.done(told.names, told.to, told.untilMs);
      else if (told.name === "import") imported = Math.max(imported, told.count);
      else ledger.passages(told.name, told.count);
    };
    const page = chromium.context.pages()[0] ?? (await chromium.context.newPage());
    await page.exposeFunction("tell", hear);
    await page.goto(options.url);
    await page.waitForFunction(() => "torture" in globalThis);
    const ask = askPage(page);
    if (promised) {
      const verdict = await checkRound(ask, { ...promised, imported });
      sums.lostWrites += verdict.lostWrites;
      sums.corruptRows += verdict.corruptRows;
      sums.vectorsChecked += verdict.vectorsChecked;
      sums.orphanBytes = Math.max(sums.orphanBytes, verdict.orphanBytes);
      for (const one of verdict.why) options.say(`  ! ${one}`);
      why.push(...verdict.why.map((one) => `after ${promised?.fault}: ${one}`));
    }
    if (fault === null) return { said: "", isLate: false };
    if (fault !== "write" && fault !== "migrate") await tend(ask);
    const work = await prepare(ask, fault);
    sums.imported += imported;
    imported = 0;
    ({ promised } = work);
    ledger = fault === "write" ? store : engine;
    const started = new Promise<void>((resolve) => (start = resolve));
    let isThrough = false;
    const through = work.begin().then(() => void (isThrough = true));
    await Promise.race([started, through]);
    const beganMs = performance.now();
    const delay = new Promise((resolve) => setTimeout(resolve, moments.draw(fault)));
    await Promise.race([delay, through]);
    const tookMs = performance.now() - beganMs;
    await chromium.kill();
    await through.catch(() => undefined);
    moments[isThrough ? "through" : "killed"](fault, tookMs);
    const name = isThrough ? "late" : fault;
    faults[name] = (faults[name] ?? 0) + 1;
    const said = `${fault}, killed after ${tookMs.toFixed(0)} ms${isThrough ? ", when it was through" : ""}`;
    return { said, isLate: isThrough };
  }

  const plan = planFaults(options.rounds, options.faults, rng);
  let redraws = options.redraws;
  for (let round = 0; round <= plan.length; round++) {
    const fault = plan[round] ?? null;
    const chromium = await startChromium(options.profile);
    try {
      const { said, isLate } = await live(chromium, fault);
      if (said !== "") options.say(`round ${round + 1} of ${plan.length}: ${said}`);
      if (fault !== null && isLate && redraws-- > 0) plan.push(fault);
    } finally {
      await chromium.kill();
    }
  }
  return {
    seed: options.seed,
    browser: version,
    rounds: plan.length,
    faults,
    acknowledgedWrites: engine.acknowledged + store.acknowledged + sums.imported,
    lostWrites: sums.lostWrites,
    corruptRows: sums.corruptRows,
    orphanBytes: sums.orphanBytes,
    vectorsChecked: sums.vectorsChecked,
    why,
  };
}
