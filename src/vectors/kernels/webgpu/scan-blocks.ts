import { addMoments, NO_MOMENTS } from "../answer.ts";
import { wordsFor } from "../bitmap.ts";
import type { BlockAnswer, JointScan, PlacedScan } from "../block.ts";
import { UNIFORM_STEP } from "./buffers.ts";
import type { BlockSpace, GpuBlock } from "./gpu-block.ts";
import { FOUND_WORDS, GROUP_ROWS, HEAD_WORDS, paddedRows, QUERIES } from "./layout.ts";
import type { Bound } from "./pipelines.ts";
import { writePlanes, type QueryPlanes } from "./query-planes.ts";

/**
 * Candidates that are read back without asking how many there are: a second map, of as many as there are, follows where
 * they are more. Unmeasured on a real GPU.
 */
const ROOM = 1024;

/** Queries of one map at most, and bytes of candidates. */
const QUERIES_A_MAP = 64;
const FOUND_BYTES = 8 * 1024 * 1024;

/** From so many groups a row asked for, the best of each group tell the bar well enough; fewer are looked at row by row. */
const GROUPS_A_PLACE = 4;

interface Part {
  readonly block: GpuBlock;
  readonly scan: PlacedScan;
  readonly padded: number;
  readonly firstGroup: number;
}

interface Plan {
  readonly parts: readonly Part[];
  readonly groups: number;
  readonly slots: number;
  readonly byRow: boolean;
  readonly k: number;
}

export interface ScanBlocksOptions {
  readonly room?: number | undefined;
}

/**
 * Scans all blocks for all queries and reads back, in one map, each query's candidates and moments.
 *
 * Throws: `gpu/lost`, `gpu/out-of-memory`, `gpu/wrong-vectors`, `vectors/full`; the signal's reason.
 * Cost: a pass over the codes for every four queries; 16 bytes a candidate and 32 a query are read back.
 */
export async function scanBlocks(
  space: BlockSpace,
  { scans, queries, k, signal }: JointScan,
  { room = ROOM }: ScanBlocksOptions = {},
): Promise<BlockAnswer[]> {
  const { dim } = space.layout;
  const count = queries.length / dim;
  const plan = planScan(scans, k);
  const rows = scans.reduce((sum, scan) => sum + scan.rows, 0);
  for (const { block } of plan.parts) block.hold();
  try {
    const answers: BlockAnswer[] = [];
    const places = Math.max(1, Math.min(rows, Math.max(room, GROUPS_A_PLACE * k)));
    const atOnce = queriesFor(places);
    for (let from = 0; from < count; from += atOnce) {
      const part = queries.subarray(from * dim, Math.min(count, from + atOnce) * dim);
      const first = await ask(space, plan, part, places);
      signal?.throwIfAborted();
      const most = Math.max(...first.map(({ found }) => found));
      if (most <= places) answers.push(...first.map(({ answer }) => answer));
      else answers.push(...(await askAgain(space, plan, part, most)));
    }
    return answers;
  } finally {
    for (const { block } of plan.parts) block.letGo();
  }
}

const queriesFor = (places: number): number =>
  Math.max(1, Math.min(QUERIES_A_MAP, Math.floor(FOUND_BYTES / (places * FOUND_WORDS * 4))));

/** With room for the most that any query found: fewer queries at once where that is a lot. */
async function askAgain(
  space: BlockSpace,
  plan: Plan,
  queries: Float32Array,
  most: number,
): Promise<BlockAnswer[]> {
  const { dim } = space.layout;
  const atOnce = queriesFor(most);
  const answers: BlockAnswer[] = [];
  for (let from = 0; from < queries.length / dim; from += atOnce) {
    const found = await ask(space, plan, queries.subarray(from * dim, (from + atOnce) * dim), most);
    answers.push(...found.map(({ answer }) => answer));
  }
  return answers;
}

function planScan(scans: readonly PlacedScan[], k: number): Plan {
  let groups = 0;
  const parts = scans
    .filter(({ rows }) => rows > 0)
    .map((scan) => {
      const padded = paddedRows(scan.rows);
      const part = { block: scan.block as GpuBlock, scan, padded, firstGroup: groups };
      groups += padded / GROUP_ROWS;
      return part;
    });
  const byRow = groups < GROUPS_A_PLACE * k;
  return { parts, groups, slots: byRow ? groups * GROUP_ROWS : groups, byRow, k };
}

interface Asked {
  readonly answer: BlockAnswer;
  /** Candidates there are, whether or not there was room for them. */
  readonly found: number;
}

async function ask(space: BlockSpace, plan: Plan, queries: Float32Array, room: number): Promise<Asked[]> {
  const { layout, scratch, gpu } = space;
  const count = queries.length / layout.dim;
  if (plan.groups === 0) return Array.from({ length: count }, () => ({ answer: NOTHING, found: 0 }));
  const planes = writePlanes(queries, layout.dim, Math.ceil(count / QUERIES) * QUERIES);
  const headBytes = count * HEAD_WORDS * 4;
  const foundBytes = count * room * FOUND_WORDS * 4;
  const heads = scratch.take("heads", headBytes);
  const found = scratch.take("found", foundBytes);
  submit(space, plan, { planes, count, room, heads, found });
  const read = scratch.read([
    { buffer: heads, bytes: headBytes },
    { buffer: found, bytes: foundBytes },
  ]);
  const bytes = await gpu.guard.settle(read());
  return Array.from({ length: count }, (_, q) =>
    readAsked(bytes, { q, count, room, factor: planes.factors[q] ?? 1 }),
  );
}

interface Round {
  readonly planes: QueryPlanes;
  readonly count: number;
  readonly room: number;
  readonly heads: GPUBuffer;
  readonly found: GPUBuffer;
}

/** Puts every program of a round into the queue, four queries after four. */
function submit(space: BlockSpace, plan: Plan, { planes, count, room, heads, found }: Round): void {
  const { gpu, layout, scratch, pipelines } = space;
  const { parts, groups, slots, byRow, k } = plan;
  const codes = scratch.write("queries", planes.codes);
  const numbers = scratch.write("numbers", planes.numbers);
  const width = count === 1 ? 1 : QUERIES;
  const tops = scratch.take("tops", width * slots * 4);
  const moments = scratch.take("moments", width * groups * 16);
  const uniforms: number[][] = [];
  const uniformBytes = Math.ceil(count / width) * (2 * parts.length + 1) * UNIFORM_STEP;
  const uniform = scratch.take("uniforms", uniformBytes);
  const uniformOf = (...words: number[]): Bound => {
    uniforms.push(words);
    return { buffer: uniform, offset: (uniforms.length - 1) * UNIFORM_STEP, size: 48 };
  };
  const buffers = parts.map(({ block, scan, padded }) => {
    const bounds = block.bounds(width * padded * 8);
    const mask = scan.mask === undefined ? numbers : block.mask(wordsFor(scan.rows) * 4);
    if (scan.mask !== undefined) {
      const bits = Uint32Array.from(scan.mask);
      gpu.guard.attempt(() => gpu.device.queue.writeBuffer(mask, 0, bits));
    }
    return { records: block.records, bounds, mask };
  });
  gpu.guard.attempt(() => {
    const commands = gpu.device.createCommandEncoder();
    const pass = commands.beginComputePass();
    for (let q = 0; q < count; q += width) {
      const asked = Math.min(width, count - q);
      for (const [i, { scan, padded, firstGroup }] of parts.entries()) {
        const { records, bounds, mask } = buffers[i] ?? {};
        if (!records || !bounds || !mask) continue;
        const firstSlot = byRow ? firstGroup * GROUP_ROWS : firstGroup;
        const masked = scan.mask === undefined ? 0 : 1;
        const words = [
          scan.rows,
          padded,
          layout.wide,
          masked,
          q,
          firstGroup,
          groups,
          firstSlot,
          slots,
          byRow ? 1 : 0,
        ];
        const bindings = [uniformOf(...words), records, codes, numbers, mask, bounds, tops, moments];
        pipelines.dispatch(pass, width === 1 ? "scan-one" : "scan-several", bindings, padded / GROUP_ROWS);
      }
      pipelines.dispatch(pass, "select", [uniformOf(q, groups, slots, k), tops, moments, heads], asked);
      for (const [i, { scan, padded }] of k === 0 ? [] : parts.entries()) {
        const { bounds } = buffers[i] ?? {};
        if (!bounds) continue;
        const place = uniformOf(scan.rows, padded, q, scan.firstRow, room);
        pipelines.dispatch(pass, "collect", [place, bounds, heads, found], padded / GROUP_ROWS, asked);
      }
    }
    pass.end();
    const data = new Uint32Array((uniforms.length * UNIFORM_STEP) / 4);
    for (const [i, words] of uniforms.entries()) data.set(words, (i * UNIFORM_STEP) / 4);
    gpu.device.queue.writeBuffer(uniform, 0, data);
    gpu.device.queue.submit([commands.finish()]);
  });
}

const NOTHING: BlockAnswer = {
  candidates: { rows: new Int32Array(0), lower: new Float32Array(0), upper: new Float32Array(0) },
  moments: NO_MOMENTS,
};

/** Less than any step of float32: takes a bound to its outer side where the product has to be rounded. */
const STEP = 2 ** -149;

function readAsked(
  bytes: ArrayBuffer,
  { q, count, room, factor }: { q: number; count: number; room: number; factor: number },
): Asked {
  const words = new Uint32Array(bytes, q * HEAD_WORDS * 4, HEAD_WORDS);
  const values = new Float32Array(bytes, q * HEAD_WORDS * 4, HEAD_WORDS);
  const found = words[0] ?? 0;
  const listed = Math.min(found, room);
  const at = (count * HEAD_WORDS + q * room * FOUND_WORDS) * 4;
  const rows = new Int32Array(bytes, at, listed * FOUND_WORDS);
  const bounds = new Float32Array(bytes, at, listed * FOUND_WORDS);
  const candidates = {
    rows: Int32Array.from({ length: listed }, (_, i) => rows[i * FOUND_WORDS] ?? 0),
    lower: Float32Array.from(
      { length: listed },
      (_, i) => (bounds[i * FOUND_WORDS + 1] ?? -Infinity) * factor - STEP,
    ),
    upper: Float32Array.from(
      { length: listed },
      (_, i) => (bounds[i * FOUND_WORDS + 2] ?? Infinity) * factor + STEP,
    ),
  };
  const moments = {
    count: values[2] ?? 0,
    mean: (values[3] ?? 0) * factor,
    squares: (values[4] ?? 0) * factor ** 2,
  };
  return { answer: { candidates, moments: addMoments(NO_MOMENTS, moments) }, found };
}
