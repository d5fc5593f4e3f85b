/** What was measured at one moment; everything but the times is expected to stay where it is. */
export interface Sample {
  readonly atMinutes: number;
  readonly passagesAdded: number;
  /** What the page and its workers hold, WebAssembly's memory included, after a collection of garbage. */
  readonly heapBytes: number;
  readonly residentBytes: Readonly<Record<string, number>>;
  readonly databaseBytes: number;
  readonly workers: number;
  readonly locks: number;
  readonly gpuBuffers: number;
}

export interface Growth {
  readonly what: string;
  readonly before: number;
  readonly after: number;
  /** Beyond what is allowed. */
  readonly isLeak: boolean;
}

/** Memory may differ by so much between two stretches of the same work: allocators round, and collect when they like. */
const MEMORY = { part: 0.1, bytes: 24 * 2 ** 20 } as const;

/** Two in each quarter: with fewer the early ones and the late ones are hardly apart. */
const LEAST_SAMPLES = 8;

/**
 * Compares the second quarter with the last: before that caches fill and code is compiled. Workers, locks and GPU buffers may
 * not become more at all.
 *
 * Throws: a RangeError where there are too few samples to tell.
 */
export function judge(samples: readonly Sample[]): Growth[] {
  if (samples.length < LEAST_SAMPLES)
    throw new RangeError(
      `${samples.length} samples tell nothing of growth: let it run until there are ${LEAST_SAMPLES}.`,
    );
  const quarter = Math.floor(samples.length / 4);
  const [early, late] = [samples.slice(quarter, 2 * quarter), samples.slice(-quarter)];
  const compare = (what: string, read: (sample: Sample) => number, isMemory: boolean): Growth => {
    const [before, after] = [median(early.map(read)), median(late.map(read))];
    const most = isMemory ? before * (1 + MEMORY.part) + MEMORY.bytes : before;
    return { what, before, after, isLeak: after > most };
  };
  const kinds = new Set(samples.flatMap(({ residentBytes }) => Object.keys(residentBytes)));
  return [
    compare("heap", ({ heapBytes }) => heapBytes, true),
    ...[...kinds].map((kind) =>
      compare(`${kind} process`, ({ residentBytes }) => residentBytes[kind] ?? 0, true),
    ),
    compare("database", ({ databaseBytes }) => databaseBytes, true),
    compare("workers", ({ workers }) => workers, false),
    compare("locks", ({ locks }) => locks, false),
    compare("GPU buffers", ({ gpuBuffers }) => gpuBuffers, false),
  ];
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
