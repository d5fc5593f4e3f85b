import { setTimeout as pause } from "node:timers/promises";
import type { Engine } from "../../src/contract/index.ts";
import { openNodeEngine } from "../../src/cli/node-engine.ts";
import { MATERIAL } from "./material.ts";

/** Times of queries, milliseconds. */
interface Times {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
}

const AT_REST = 40;
const PAUSE_MS = 40;
const NOTES = 150;

/**
 * How long queries take at rest, and while files are read and embedded: the engine of the app in this process, with
 * the bundled model. `batchMs` is the 95th percentile of the waits of a timer meanwhile, which is what one batch blocks.
 */
export async function measureQueries(): Promise<object> {
  const { face, close } = await openNodeEngine();
  try {
    const { id } = await face.createCollection({ name: "notes", kind: "document" });
    await face.add({ collectionId: id, files: [{ name: "first.md", content: notes(0, NOTES) }] });
    await face.index({ collectionId: id, task: "qa" });
    const rest = await ask(face, id, (done) => done >= AT_REST);

    const abort = new AbortController();
    const book = MATERIAL["markdown"]?.make(2e6) ?? new Uint8Array();
    await face.add({ collectionId: id, files: [{ name: "second.md", content: notes(NOTES, NOTES) }] });
    let isOver = false;
    const { stop } = watchThread();
    const work = Promise.all([
      face.index({ collectionId: id, task: "qa" }, { signal: abort.signal }),
      face.add({ collectionId: id, files: [{ name: "book.md", content: book }] }),
    ]).then(
      () => (isOver = true),
      () => (isOver = true),
    );
    const meanwhile = await ask(face, id, (done) => isOver || done >= AT_REST * 3);
    const batchMs = stop();
    abort.abort();
    await work;
    const allowed = rest.p95 * 1.5 + batchMs;
    return { rest, meanwhile, batchMs, allowed: Math.round(allowed), holds: meanwhile.p95 <= allowed };
  } finally {
    await close();
  }
}

/** Passages that differ by one word. */
export function notes(from: number, count: number): string {
  const filler = "The harbour master writes down every ship with its cargo and its crew. ".repeat(6);
  return Array.from(
    { length: count },
    (_, i) => `# Ship ${from + i}\n\n${filler}Its flag is sign${from + i}.\n`,
  ).join("\n");
}

async function ask(face: Engine, collectionId: number, isEnough: (done: number) => boolean): Promise<Times> {
  const times: number[] = [];
  while (!isEnough(times.length)) {
    const wanted = times.length % NOTES;
    const began = performance.now();
    const { hits } = await face.search({
      collectionIds: [collectionId],
      query: { task: "qa", question: `which ship shows sign${wanted}` },
      mode: "hybrid",
      fusion: "convex",
      policy: "use",
      limit: 10,
    });
    times.push(performance.now() - began);
    if (!hits.some(({ passage }) => passage.text.includes(`sign${wanted}.`)))
      throw new Error(`sign${wanted} was not found`);
    await pause(PAUSE_MS);
  }
  return { count: times.length, p50: quantile(times, 0.5), p95: quantile(times, 0.95) };
}

/** How long the thread is not free, as a timer sees it. */
function watchThread(): { stop(): number } {
  const waits: number[] = [];
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    waits.push(now - last);
    last = now;
  }, 1);
  return {
    stop() {
      clearInterval(timer);
      return quantile(
        waits.filter((ms) => ms > 5),
        0.95,
      );
    },
  };
}

function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Number((sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)] ?? 0).toFixed(1));
}
