import {
  SextantError,
  type Exactness,
  type SearchFilter,
  type Segment,
  type SemanticHits,
} from "../contract/index.ts";
import { createIntColumn } from "./int-column.ts";
import { clearBit, setBit, wordsFor } from "./kernels/bitmap.ts";
import { createBoundedRows, type StoredRows } from "./kernels/bounded-rows.ts";
import type { GpuSearch } from "./kernels/gpu-search.ts";
import { createKernel } from "./kernels/index.ts";
import { createMovableKernel, type MakeKernel } from "./kernels/movable-kernel.ts";

/** Compaction copies what stays, so a kernel must have lost this part of its rows before it is worth it. */
const WORTH_COMPACTING = 0.2;

/** Exact vectors in memory at most; beyond that only codes are, and storage is asked for the vectors that decide. */
const EXACT_BYTES = 160 * 1024 * 1024;

export interface VectorSetOptions {
  /** Default is `exact`. */
  readonly exactness?: Exactness;
  /** Reads stored vectors by passage id; without it all are kept in memory. */
  readonly read?: StoredRows["read"];
  /** Default 160 MB. */
  readonly exactBytes?: number;
  /** Default: the fastest kernel that runs everywhere. It is closed with the set. */
  readonly home?: MakeKernel;
  /** A GPU that was moved to failed, and all vectors come back. */
  readonly onFault?: ((fault: SextantError) => void) | undefined;
}

/** What may be found; all given conditions must hold. */
export type RowFilter = Pick<SearchFilter, "sourceIds" | "beforeOrdinal" | "excludeId"> & {
  readonly passageIds?: Iterable<number> | undefined;
};

/** One vector a passage, searched by inner product. Derived from stored segments: holds nothing that storage does not. */
export interface VectorSet {
  readonly dim: number;
  /** Passages that have a vector here. */
  readonly size: number;
  /** Of codes and vectors in memory. */
  readonly bytes: number;
  /** Adds a stored segment. A passage that is already here gets the new vector. */
  append(segment: Segment): void;
  /** Its passages are never returned again, not even by a search under way. */
  removeSource(sourceId: number): void;
  has(passageId: number): boolean;
  /** Order: score descending; of equal scores the one appended first. Throws: the signal's reason. */
  search(query: Float32Array, k: number, filter?: RowFilter, signal?: AbortSignal): Promise<SemanticHits>;
  /** Cosines by passage id; ids that have no vector here are left out. */
  score(query: Float32Array, passageIds: Iterable<number>): Promise<Map<number, number>>;
  /**
   * Gives the memory of removed passages back when there are enough of them. For idle time; searches under way are
   * not disturbed.
   */
  compact(): void;
  /** Searches on a GPU from when it has all vectors. Throws: `gpu/lost`, `gpu/out-of-memory`; then nothing changed. */
  moveTo(gpu: GpuSearch): Promise<void>;
  /** Has another kernel search where no GPU does, from when it has all vectors. Throws: what that throws. */
  settleIn(home: MakeKernel): Promise<void>;
  /** Searches without a GPU again, before it goes or after. */
  moveHome(): Promise<void>;
  close(): void;
}

/** Joins a kernel's rows to passages. */
export function createVectorSet(dim: number, options: VectorSetOptions = {}): VectorSet {
  const rowByPassage = new Map<number, number>();
  const rowsBySource = new Map<number, number[]>();
  let passageIds = createIntColumn();
  let sourceIds = createIntColumn();
  let ordinals = createIntColumn();
  const { read, exactness, exactBytes = EXACT_BYTES, onFault } = options;
  const exactRows = read && createBoundedRows(dim, exactBytes, { ids: () => passageIds.values, read });
  const { home = (rows) => createKernel(dim, exactness, { exactRows: rows }) } = options;
  const kernel = createMovableKernel(dim, { home, exactRows, onFault });

  function addToSource(sourceId: number, row: number): void {
    const rows = rowsBySource.get(sourceId);
    if (rows === undefined) rowsBySource.set(sourceId, [row]);
    else rows.push(row);
  }

  /** One bit a row for `filter`; undefined when it leaves everything in. */
  function allowBits(filter: RowFilter): Uint32Array | undefined {
    const { sourceIds: wanted, passageIds: named, beforeOrdinal, excludeId } = filter;
    const excluded = excludeId === undefined ? undefined : rowByPassage.get(excludeId);
    const some = wanted ?? named;
    if (some === undefined && beforeOrdinal === undefined && excluded === undefined) return undefined;
    const allow = new Uint32Array(wordsFor(kernel.rows));
    if (named !== undefined) {
      const sources = wanted && new Set(wanted);
      for (const id of named) {
        const row = rowByPassage.get(id);
        if (row !== undefined && (sources?.has(sourceIds.values[row] ?? 0) ?? true)) setBit(allow, row);
      }
    } else if (wanted === undefined) allow.fill(0xffffffff);
    else for (const id of wanted) for (const row of rowsBySource.get(id) ?? []) setBit(allow, row);
    if (beforeOrdinal !== undefined)
      for (let row = 0; row < ordinals.length; row++)
        if ((ordinals.values[row] ?? 0) >= beforeOrdinal) clearBit(allow, row);
    if (excluded !== undefined) clearBit(allow, excluded);
    return allow;
  }

  return {
    dim,
    get size() {
      return rowByPassage.size;
    },
    get bytes() {
      return kernel.bytes + 12 * passageIds.length;
    },
    append(segment) {
      const count = segment.passageIds.length;
      if (segment.vectors.length !== count * dim)
        throw new SextantError(
          "vectors/shape",
          `Segment ${segment.id} does not hold ${dim} values for each of its ${count} passages; index again.`,
          { segment: segment.id, dim, count, values: segment.vectors.length },
        );
      const first = kernel.rows;
      kernel.append(segment.vectors);
      const replaced: number[] = [];
      for (let i = 0; i < count; i++) {
        const passageId = segment.passageIds[i] ?? 0;
        const before = rowByPassage.get(passageId);
        if (before !== undefined) replaced.push(before);
        rowByPassage.set(passageId, first + i);
        passageIds.push(passageId);
        sourceIds.push(segment.sourceIds[i] ?? 0);
        ordinals.push(segment.ordinals[i] ?? 0);
        addToSource(segment.sourceIds[i] ?? 0, first + i);
      }
      kernel.remove(replaced);
    },
    removeSource(sourceId) {
      const rows = rowsBySource.get(sourceId) ?? [];
      kernel.remove(rows);
      rowsBySource.delete(sourceId);
      for (const row of rows) {
        const passageId = passageIds.values[row] ?? 0;
        if (rowByPassage.get(passageId) === row) rowByPassage.delete(passageId);
      }
    },
    has(passageId) {
      return rowByPassage.has(passageId);
    },
    async search(query, k, filter = {}, signal) {
      if (query.length !== dim)
        throw new SextantError(
          "vectors/shape",
          `The query has ${query.length} values, not ${dim}; embed it again.`,
          { dim, length: query.length },
        );
      const idByRow = passageIds.values;
      const wanted = Math.min(k, rowByPassage.size);
      const { top, moments } = await kernel.search(query, wanted, { allow: allowBits(filter), signal });
      const ids: number[] = [];
      const scores: number[] = [];
      for (const [place, row] of top.rows.entries()) {
        const id = idByRow[row] ?? -1;
        if (row === -1 || !rowByPassage.has(id)) continue;
        ids.push(id);
        scores.push(top.scores[place] ?? 0);
      }
      return {
        ids: Int32Array.from(ids),
        scores: Float32Array.from(scores),
        moments: {
          count: moments.count[0] ?? 0,
          mean: moments.mean[0] ?? 0,
          deviation: moments.deviation[0] ?? 0,
        },
      };
    },
    async score(query, ids) {
      const known = [...ids].filter((id) => rowByPassage.has(id));
      const rows = Int32Array.from(known, (id) => rowByPassage.get(id) ?? -1);
      const scores = await kernel.score(query, rows);
      return new Map(known.map((id, i) => [id, scores[i] ?? 0]));
    },
    compact() {
      if (kernel.rows - kernel.alive <= WORTH_COMPACTING * kernel.rows) return;
      const kept = kernel.compact();
      if (kept === null) return;
      const rowByFormer = new Int32Array(passageIds.length);
      for (const [row, former] of kept.entries()) rowByFormer[former] = row;
      const move = ({ values }: { readonly values: Int32Array }) =>
        createIntColumn(kept.map((row) => values[row] ?? 0));
      passageIds = move(passageIds);
      sourceIds = move(sourceIds);
      ordinals = move(ordinals);
      for (const [passageId, former] of rowByPassage) rowByPassage.set(passageId, rowByFormer[former] ?? -1);
      const sources = new Set(rowsBySource.keys());
      rowsBySource.clear();
      for (const [row, sourceId] of sourceIds.values.entries())
        if (sources.has(sourceId)) addToSource(sourceId, row);
    },
    moveTo: (gpu) => kernel.moveTo((rows) => gpu.createKernel(dim, rows)),
    settleIn: (make) => kernel.settleIn(make),
    moveHome: () => kernel.moveHome(),
    close() {
      kernel.close();
      rowByPassage.clear();
      rowsBySource.clear();
      passageIds = createIntColumn();
      sourceIds = createIntColumn();
      ordinals = createIntColumn();
    },
  };
}
