import { parseArgs } from "node:util";
import { createRng } from "../../src/base/rng.ts";
import { createBreath } from "../../src/base/breath.ts";
import { adaptCollection } from "../../src/train/index.ts";

/** A training in Node, without the model: its seconds, and what waits beside it. Options: README.md. */
export async function bench(args: readonly string[]): Promise<object> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      passages: { type: "string", default: "10000" },
      dim: { type: "string", default: "256" },
      slice: { type: "string", default: "6" },
    },
  });
  const dim = Number(values.dim);
  const sliceMs = Number(values.slice);
  const { passages, vectors } = library(Number(values.passages), dim);
  const rest = await waits(() => new Promise((resolve) => setTimeout(resolve, 3000)));
  const startCpu = process.cpuUsage();
  const startMs = performance.now();
  const rng = createRng(5);
  let report: object = {};
  const training = await waits(async () => {
    ({ report } = await adaptCollection({
      passages,
      vectors,
      dim,
      signal: new AbortController().signal,
      encode: async (texts) => unitRows(texts.length, dim, rng),
      breathe: createBreath(sliceMs),
    }));
  });
  const { user, system } = process.cpuUsage(startCpu);
  return {
    node: process.version,
    seconds: (performance.now() - startMs) / 1000,
    processorSeconds: (user + system) / 1e6,
    waitMs: { atRest: rest, training },
    report,
  };
}

/** How much later than asked a timer of 5 ms comes while `work` runs: what a query that arrives waits at least. */
async function waits(work: () => Promise<unknown>): Promise<{ median: number; p95: number; most: number }> {
  const late: number[] = [];
  let isDone = false;
  const watch = async (): Promise<void> => {
    while (!isDone) {
      const askedMs = performance.now();
      await new Promise((resolve) => setTimeout(resolve, 5));
      late.push(performance.now() - askedMs - 5);
    }
  };
  const watching = watch();
  await work();
  isDone = true;
  await watching;
  const sorted = late.toSorted((a, b) => a - b);
  const at = (part: number): number => sorted[Math.floor(part * (sorted.length - 1))] ?? 0;
  return { median: at(0.5), p95: at(0.95), most: at(1) };
}

/** Passages of four sentences of twenty words, from 20,000 words of which few are frequent. */
function library(count: number, dim: number) {
  const rng = createRng(1);
  const word = (): string => `word${Math.floor(20_000 ** rng())}`;
  const sentence = (): string => `The ${Array.from({ length: 20 }, word).join(" ")}.`;
  const passages = Array.from({ length: count }, (_, id) => ({
    id,
    title: "",
    text: Array.from({ length: 4 }, sentence).join(" "),
  }));
  return { passages, vectors: unitRows(count, dim, rng) };
}

function unitRows(rows: number, dim: number, rng: () => number): Float32Array {
  const values = Float32Array.from({ length: rows * dim }, () => rng() - 0.5);
  for (let row = 0; row < rows; row++) {
    const own = values.subarray(row * dim, (row + 1) * dim);
    const length = Math.sqrt(own.reduce((sum, value) => sum + value * value, 0));
    own.forEach((value, k) => (own[k] = value / length));
  }
  return values;
}
