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

interface Candidate {
  readonly row: number;
  readonly lower: number;
  readonly upper: number;
}

/** `most` rows are read exactly, at most. */
export function createShortlist(k: number, most = Infinity): Shortlist {
  let listed: Candidate[] = [];
  let floor = -Infinity;

  return {
    get floor() {
      return floor;
    },
    add({ rows, lower, upper }, firstRow) {
      for (let i = 0; i < rows.length; i++) {
        const high = upper[i] ?? -Infinity;
        if (high >= floor)
          listed.push({ row: firstRow + (rows[i] ?? 0), lower: lower[i] ?? -Infinity, upper: high });
      }
      if (k === 0) listed = [];
      if (listed.length <= k) return;
      const bounds = Float32Array.from(listed, (candidate) => candidate.lower).sort();
      floor = Math.max(floor, bounds[bounds.length - k] ?? -Infinity);
      listed = listed.filter((candidate) => candidate.upper >= floor);
    },
    candidates: () => ({
      rows: Int32Array.from(listed, ({ row }) => row),
      lower: Float32Array.from(listed, ({ lower }) => lower),
      upper: Float32Array.from(listed, ({ upper }) => upper),
    }),
    async settle(query, read) {
      listed.sort((a, b) => b.upper - a.upper || a.row - b.row);
      let best: Scored[] = [];
      const end = Math.min(most, listed.length);
      let step = ROWS_FROM_MEMORY;
      for (let from = 0; from < end;) {
        const last = best.length === k ? (best[k - 1]?.score ?? -Infinity) : -Infinity;
        const part = listed.slice(from, Math.min(end, from + step)).filter(({ upper }) => upper >= last);
        if (part.length === 0) break;
        const rows = Int32Array.from(part, ({ row }) => row);
        const reading = read(rows);
        const scores = dotExact(query, reading instanceof Promise ? await reading : reading);
        rows.forEach((row, i) => best.push({ row, score: scores[i] ?? Number.NaN }));
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
