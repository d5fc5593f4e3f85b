import { createRng } from "../../src/base/rng.ts";
import { askPage } from "../torture/ask-page.ts";
import { startChromium } from "../torture/chromium-process.ts";
import { watchBuffers } from "./gpu-buffers.ts";
import { judge, type Growth, type Sample } from "./judge.ts";
import { readResident } from "./process-memory.ts";

export interface SoakOptions {
  readonly url: string;
  readonly profile: string;
  readonly seed: number;
  readonly minutes: number;
  /** Ends it earlier. */
  readonly passages: number;
  /** The least and the most of one source: small ones make more steps of the same time. */
  readonly sourcePassages: readonly [least: number, most: number];
  /** The time between two samples; each step has at most one. */
  readonly sampleMs: number;
  readonly device: "wasm" | "webgpu";
  readonly say: (line: string) => void;
}

export interface SoakReport {
  readonly seed: number;
  readonly browser: string;
  readonly device: "wasm" | "webgpu";
  /** Shapes of batch that ran before the time began: on a GPU each brings buffers, once. */
  readonly shapesWarmed: number;
  readonly minutes: number;
  readonly passagesAdded: number;
  readonly passagesDeleted: number;
  readonly searches: number;
  /** Searches for the words of a passage that did not bring it first. */
  readonly missed: number;
  readonly growth: readonly Growth[];
  readonly samples: readonly Sample[];
}

const SOURCES_A_STEP = 3;
/** What a GPU is given first, at most: an encoder begins with half of 512, and is given less where that takes long. */
const TOKENS_A_BATCH = 256;
/** So many stay: enough to search in, and always as much. */
const LIVING_SOURCES = 12;

/** Adds, searches and deletes for a while, and measures whether anything grows beyond the data. */
export async function soak(options: SoakOptions): Promise<SoakReport> {
  const rng = createRng(options.seed);
  const chromium = await startChromium(options.profile, ["--enable-blink-features=ForceEagerMeasureMemory"]);
  try {
    const page = chromium.context.pages()[0] ?? (await chromium.context.newPage());
    const buffers = watchBuffers(page);
    await page.goto(options.url);
    await page.waitForFunction(() => "torture" in globalThis);
    const ask = askPage(page);
    await ask("open", { device: options.device });
    const { shapes: shapesWarmed } =
      options.device === "webgpu" ? await ask("warm", { tokens: TOKENS_A_BATCH }) : { shapes: 0 };
    if (shapesWarmed > 0)
      options.say(`${shapesWarmed} shapes of batch: ${await buffers.count()} GPU buffers`);

    const living: { name: string; passages: number }[] = [];
    const samples: Sample[] = [];
    let [added, deleted, searches, found, steps] = [0, 0, 0, 0, 0];
    const beganMs = performance.now();
    const minutesNow = (): number => (performance.now() - beganMs) / 60_000;
    const [least, most] = options.sourcePassages;
    let sampledMs = -Infinity;

    while (minutesNow() < options.minutes && added < options.passages) {
      const add = Array.from({ length: SOURCES_A_STEP }, (_, at) => ({
        name: `s${SOURCES_A_STEP * steps + at}`,
        passages: least + Math.floor(rng() * (most - least)),
      }));
      steps++;
      living.push(...add);
      const forget = living.splice(0, Math.max(0, living.length - LIVING_SOURCES));
      const step = await ask("soakStep", { add, forget: forget.map(({ name }) => name) });
      added += sum(add);
      deleted += sum(forget);
      searches += add.length;
      found += step.found;
      if (performance.now() - sampledMs < options.sampleMs) continue;
      sampledMs = performance.now();
      const sample: Sample = {
        atMinutes: minutesNow(),
        passagesAdded: added,
        ...(await ask("measure", {})),
        residentBytes: await readResident(chromium.pid),
        workers: page.workers().length,
        gpuBuffers: await buffers.count(),
      };
      samples.push(sample);
      options.say(
        `${sample.atMinutes.toFixed(1)} min, ${added} passages: heap ${megabytes(sample.heapBytes)}, ` +
          Object.entries(sample.residentBytes)
            .map(([kind, bytes]) => `${kind} ${megabytes(bytes)}`)
            .join(", ") +
          `, ${sample.gpuBuffers} GPU buffers`,
      );
    }
    return {
      seed: options.seed,
      browser: `Chromium ${chromium.browser.version()}`,
      device: options.device,
      shapesWarmed,
      minutes: minutesNow(),
      passagesAdded: added,
      passagesDeleted: deleted,
      searches,
      missed: searches - found,
      growth: judge(samples),
      samples,
    };
  } finally {
    await chromium.kill();
  }
}

const sum = (sources: readonly { readonly passages: number }[]): number =>
  sources.reduce((all, { passages }) => all + passages, 0);

const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MB`;
