import type { Exactness, Kernel } from "../../../contract/index.ts";
import { addMoments, NO_MOMENTS } from "../answer.ts";
import { createBlockKernel } from "../block-kernel.ts";
import type { Block, BlockAnswer, BlockKind, JointScan, KernelOptions } from "../block.ts";
import { checkFinite } from "../check.ts";
import { createShortlist } from "../shortlist.ts";
import { signBlocks } from "../wasm/sign-block.ts";
import { wasmBlocks } from "../wasm/wasm-block.ts";
import type { ShardKind, ShardScan, ToShard } from "./protocol.ts";
import type { ShardFace } from "./shard-face.ts";

/** Rows of the first blocks: few enough that two shards have nearly the same. */
const LEAST_ROWS: Readonly<Record<Exactness, number>> = { exact: 8192, fast: 16_384 };

const MOST_ROWS = 65_536;

/**
 * Part of all rows that a later block may hold: shards stay nearly the same, and a million rows need about 40 blocks.
 * Chromium gives all threads of a page 125 WebAssembly memories together, and each block is one.
 */
const PART_OF_ROWS = 12;

/** Rows of a block behind `rowsBefore` others, a multiple of 32. */
export function rowsOfBlock(exactness: Exactness, rowsBefore: number): number {
  const part = Math.ceil(rowsBefore / PART_OF_ROWS / 32) * 32;
  return Math.min(MOST_ROWS, Math.max(LEAST_ROWS[exactness], part));
}

let lastBlock = 0;

/** A block in a shard. What changes it is only posted: that it failed is told by the next scan. */
interface RemoteBlock extends Block {
  readonly number: number;
  readonly shard: ShardFace;
  /** Settles when rows that come from another shard are in; null when none are under way. */
  readonly ready: Promise<void> | null;
}

function openRemoteBlock(shard: ShardFace, kind: ShardKind, onClose: () => void): RemoteBlock {
  const number = ++lastBlock;
  let rows = 0;
  let ready: Promise<void> | null = null;
  shard.post({ type: "open", block: number, kind });

  /** In order, also behind rows that are under way. */
  function send(message: ToShard): void {
    if (ready === null) shard.post(message);
    else void ready.then(() => shard.post(message));
  }

  const block: RemoteBlock = {
    number,
    shard,
    get ready() {
      return ready;
    },
    get rows() {
      return rows;
    },
    capacity: kind.capacity,
    get bytes() {
      return shard.bytesOf(number);
    },
    append(bits) {
      checkFinite(
        bits.every((half) => (half & 0x7c00) !== 0x7c00),
        kind.dim,
      );
      rows += bits.length / kind.dim;
      send({ type: "append", block: number, bits });
    },
    scan: async (scan) => scanShards([{ block, firstRow: 0, ...scan }], kind.dim, scan),
    copy(from, named) {
      const source = from as RemoteBlock;
      rows += named.length;
      const pack = () => source.shard.pack(source.number, named.slice());
      // Asked at once where that is in order, because the source may be closed right after.
      const packed = source.ready === null ? pack() : source.ready.then(pack);
      const before = ready ?? Promise.resolve();
      const now = Promise.all([packed, before])
        .then(([bytes]) => shard.post({ type: "unpack", block: number, packed: bytes }))
        // A shard that is gone tells every scan itself.
        .catch(() => shard.post({ type: "close", block: number }))
        .finally(() => {
          if (ready === now) ready = null;
        });
      ready = now;
    },
    cut(to) {
      rows = to;
      send({ type: "cut", block: number, rows: to });
    },
    close() {
      send({ type: "close", block: number });
      shard.forget(number);
      onClose();
    },
  };
  return block;
}

/** One message a shard, all at once. */
async function scanShards(
  scans: JointScan["scans"],
  dim: number,
  { queries, k }: Pick<JointScan, "queries" | "k">,
): Promise<readonly BlockAnswer[]> {
  const coming = scans.flatMap(({ block }) => (block as RemoteBlock).ready ?? []);
  if (coming.length > 0) await Promise.all(coming);
  const byShard = new Map<ShardFace, ShardScan[]>();
  for (const { block, firstRow, rows, mask } of scans) {
    const { shard, number } = block as RemoteBlock;
    const part = byShard.get(shard) ?? [];
    byShard.set(shard, part);
    part.push({ block: number, firstRow, rows, mask });
  }
  const parts = await Promise.all(
    Array.from(byShard, ([shard, own]) => shard.scan({ queries, dim, k, scans: own })),
  );
  return Array.from({ length: queries.length / dim }, (_, q) => {
    const list = createShortlist(k);
    let moments = NO_MOMENTS;
    for (const answers of parts) {
      const answer = answers[q];
      if (!answer) continue;
      list.add(answer.candidates, 0);
      moments = addMoments(moments, answer.moments);
    }
    return { candidates: list.candidates(), moments };
  });
}

export interface ShardedOptions extends KernelOptions {
  /** Rows of one block at most, a multiple of 32; tests make it small. */
  readonly capacity?: number | undefined;
}

/**
 * A kernel whose codes lie in several workers, each new block in the one that has least: each scans its own and nothing is shared, so that it
 * needs no isolated page. Exact vectors are read by the caller's side, once. The shards stay their owner's.
 *
 * Throws: as every kernel; but `vectors/full` comes with the next search, and `boundary/lost` when a shard is gone.
 */
export function createShardedKernel(
  dim: number,
  exactness: Exactness,
  shards: readonly ShardFace[],
  options: ShardedOptions = {},
): Kernel {
  const alone = exactness === "fast" ? signBlocks(dim) : wasmBlocks(dim);
  const open = new Set<RemoteBlock>();
  const rowsIn = (shard: ShardFace): number =>
    [...open].reduce((sum, block) => sum + (block.shard === shard ? block.rows : 0), 0);
  const kind: BlockKind = {
    ...alone,
    name: `${alone.name} in ${shards.length} shards`,
    create(rowsBefore) {
      const [shard] = [...shards].sort((a, b) => rowsIn(a) - rowsIn(b));
      if (!shard) throw new Error("A sharded kernel needs at least one shard.");
      const { capacity = rowsOfBlock(exactness, rowsBefore) } = options;
      const block = openRemoteBlock(shard, { dim, exactness, capacity }, () => open.delete(block));
      open.add(block);
      return block;
    },
    scanAll: ({ scans, queries, k, signal }) => {
      signal?.throwIfAborted();
      return scanShards(scans, dim, { queries, k });
    },
  };
  return createBlockKernel(dim, kind, options);
}
