import { fromHalf } from "../base/half.ts";
import {
  SextantError,
  type Kernel,
  type SearchFilter,
  type Segment,
  type SemanticHits,
} from "../contract/index.ts";
import { createKernel } from "./kernels/index.ts";

/** One vector a passage, searched exactly. Derived from stored segments: holds nothing that storage does not. */
export interface VectorSet {
  readonly dim: number;
  /** Passages that have a vector here. */
  readonly size: number;
  /** Adds a stored segment. A passage that is already here gets the new vector. */
  append(segment: Segment): void;
  /** Its passages are never returned again; their memory comes back with `close`. */
  removeSource(sourceId: number): void;
  has(passageId: number): boolean;
  /** Order: score descending; of equal scores the one appended first. */
  search(query: Float32Array, k: number, filter?: SearchFilter): SemanticHits;
  /** Cosines by passage id; ids that have no vector here are left out. */
  score(query: Float32Array, passageIds: Iterable<number>): Map<number, number>;
  close(): void;
}

/** Joins a kernel's rows to passages. `kernel` is closed with the set. */
export function createVectorSet(dim: number, kernel: Kernel = createKernel(dim)): VectorSet {
  const rowByPassage = new Map<number, number>();
  const rowsBySource = new Map<number, number[]>();
  let passageIds: number[] = [];
  let ordinals: number[] = [];

  /** One byte a row for `filter`; undefined when it leaves everything in. */
  function allowMask(filter: SearchFilter): Uint8Array | undefined {
    const { sourceIds, beforeOrdinal, excludeId } = filter;
    const excluded = excludeId === undefined ? undefined : rowByPassage.get(excludeId);
    if (sourceIds === undefined && beforeOrdinal === undefined && excluded === undefined) return undefined;
    const allow = new Uint8Array(kernel.rows);
    if (sourceIds === undefined) allow.fill(1);
    else for (const id of sourceIds) for (const row of rowsBySource.get(id) ?? []) allow[row] = 1;
    if (beforeOrdinal !== undefined)
      for (let row = 0; row < allow.length; row++) if ((ordinals[row] ?? 0) >= beforeOrdinal) allow[row] = 0;
    if (excluded !== undefined) allow[excluded] = 0;
    return allow;
  }

  return {
    dim,
    get size() {
      return rowByPassage.size;
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
      kernel.append(fromHalf(segment.vectors));
      const replaced: number[] = [];
      for (let i = 0; i < count; i++) {
        const passageId = segment.passageIds[i] ?? 0;
        const sourceId = segment.sourceIds[i] ?? 0;
        const before = rowByPassage.get(passageId);
        if (before !== undefined) replaced.push(before);
        rowByPassage.set(passageId, first + i);
        passageIds.push(passageId);
        ordinals.push(segment.ordinals[i] ?? 0);
        const rows = rowsBySource.get(sourceId);
        if (rows === undefined) rowsBySource.set(sourceId, [first + i]);
        else rows.push(first + i);
      }
      kernel.remove(replaced);
    },
    removeSource(sourceId) {
      const rows = rowsBySource.get(sourceId) ?? [];
      kernel.remove(rows);
      rowsBySource.delete(sourceId);
      for (const row of rows) {
        const passageId = passageIds[row] ?? 0;
        if (rowByPassage.get(passageId) === row) rowByPassage.delete(passageId);
      }
    },
    has(passageId) {
      return rowByPassage.has(passageId);
    },
    search(query, k, filter = {}) {
      if (query.length !== dim)
        throw new SextantError(
          "vectors/shape",
          `The query has ${query.length} values, not ${dim}; embed it again.`,
          {
            dim,
            length: query.length,
          },
        );
      const { top, moments } = kernel.search(query, Math.min(k, rowByPassage.size), allowMask(filter));
      const end = top.rows.indexOf(-1);
      const found = end === -1 ? top.rows : top.rows.subarray(0, end);
      return {
        ids: found.map((row) => passageIds[row] ?? 0),
        scores: top.scores.slice(0, found.length),
        moments: {
          count: moments.count[0] ?? 0,
          mean: moments.mean[0] ?? 0,
          deviation: moments.deviation[0] ?? 0,
        },
      };
    },
    score(query, ids) {
      const known = [...ids].filter((id) => rowByPassage.has(id));
      const scores = kernel.score(
        query,
        Int32Array.from(known, (id) => rowByPassage.get(id) ?? -1),
      );
      return new Map(known.map((id, i) => [id, scores[i] ?? 0]));
    },
    close() {
      kernel.close();
      rowByPassage.clear();
      rowsBySource.clear();
      passageIds = [];
      ordinals = [];
    },
  };
}
