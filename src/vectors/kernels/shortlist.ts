import type { ReadRows } from "../../contract/index.ts";
import type { Candidates } from "./block.ts";
import { dotExact } from "./dot.ts";

/** Rows that are read from memory at once: with more, five times the time goes into getting room for them. */
const ROWS_FROM_MEMORY = 32;

/** From storage, where each read waits: a few more than wanted, then twice as many each time, up to this. */
const ROWS_FROM_STORAGE = 1024;

export interface Scored {
  readonly row: number;
  readonly score: number;
}

/** The rows of all blocks that can still be among one query's best `k`. */
export interface Shortlist {
  /** The score that k rows are known to reach. */
  readonly floor: number;
  add(candidates: Candidates, firstRow: number): void;
  /** Those it holds, in no order. */
  candidates(): Candidates;
  /** Reads exact vectors, most promising first, until no other row can come in: best first, ties to the lower row. */
  settle(query: Float32Array, read: ReadRows): Promise<Scored[]>;
}

/** `most` rows are read exactly, at most. */
export function createShortlist(k: number, most = Infinity): Shortlist {
  const parts: (Candidates & { readonly firstRow: number })[] = [];
  const bar = createBar(k);

  /** Those that reach the bar of now, numbered in the kernel. */
  function listed(): Candidates {
    const rows: number[] = [];
    const lower: number[] = [];
    const upper: number[] = [];
    for (const part of parts)
      for (let i = 0; i < part.rows.length; i++) {
        const high = part.upper[i] ?? -Infinity;
        if (high < bar.floor) continue;
        rows.push(part.firstRow + (part.rows[i] ?? 0));
        lower.push(part.lower[i] ?? -Infinity);
        upper.push(high);
      }
    return { rows: Int32Array.from(rows), lower: Float32Array.from(lower), upper: Float32Array.from(upper) };
  }

  return {
    get floor() {
      return bar.floor;
    },
    add(candidates, firstRow) {
      if (k === 0 || candidates.rows.length === 0) return;
      parts.push({ ...candidates, firstRow });
      for (const score of candidates.lower) bar.reach(score);
    },
    candidates: listed,
    async settle(query, read) {
      const { rows, upper } = listed();
      const upperAt = (place: number): number => upper[place] ?? -Infinity;
      const order = Uint32Array.from(rows.keys()).sort(
        (a, b) => upperAt(b) - upperAt(a) || (rows[a] ?? 0) - (rows[b] ?? 0),
      );
      let best: Scored[] = [];
      const end = Math.min(most, order.length);
      let step = ROWS_FROM_MEMORY;
      for (let from = 0; from < end;) {
        const last = best.length === k ? (best[k - 1]?.score ?? -Infinity) : -Infinity;
        const part = order.subarray(from, Math.min(end, from + step)).filter((at) => upperAt(at) >= last);
        if (part.length === 0) break;
        const named = Int32Array.from(part, (at) => rows[at] ?? -1);
        const reading = read(named);
        const scores = dotExact(query, reading instanceof Promise ? await reading : reading);
        named.forEach((row, i) => best.push({ row, score: scores[i] ?? Number.NaN }));
        best.sort((a, b) => b.score - a.score || a.row - b.row);
        best = best.slice(0, k);
        from += step;
        if (reading instanceof Promise)
          step = Math.min(ROWS_FROM_STORAGE, Math.max(k + ROWS_FROM_MEMORY, 2 * step));
      }
      return best;
    },
  };
}

/** The k-th largest of the scores that were reached. */
function createBar(k: number) {
  // The least of the k largest is at the root, and each is at most as large as its two children.
  const heap = new Float32Array(k).fill(-Infinity);
  const valueAt = (place: number): number => heap[place] ?? Infinity;
  return {
    get floor() {
      return heap[0] ?? -Infinity;
    },
    reach(score: number): void {
      if (!(score > valueAt(0))) return;
      let place = 0;
      for (;;) {
        let child = 2 * place + 1;
        if (valueAt(child + 1) < valueAt(child)) child++;
        if (valueAt(child) >= score) break;
        heap[place] = valueAt(child);
        place = child;
      }
      heap[place] = score;
    },
  };
}
