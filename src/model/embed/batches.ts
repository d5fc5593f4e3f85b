import type { TokenBatch } from "../session/session.ts";

/** Which texts go into one run, and how long its rows are. */
export interface BatchPlan {
  readonly members: readonly number[];
  readonly length: number;
}

export interface BatchRules {
  /** Rows times length stays below it, unless a single text is longer. */
  readonly budgetTokens: number;
  /** Row lengths that occur, ascending. None: every length occurs. */
  readonly buckets: readonly number[];
}

/** Row lengths on a GPU up to what a policy asks for: few, so that its pipelines stay warm. At most 19 % of the work is padding. */
export const GPU_BUCKETS = [16, 32, 48, 64, 96, 128, 192, 256, 384, 512];

/** The longest row that searching or indexing asks for. Source: `limitTokens` of the tasks. */
const MOST_ASKED = 512;

/** The buckets for a model with so many positions: no row is longer. Above the last one, two steps lead to twice as much. */
export function fitting(buckets: BatchRules["buckets"], maxTokens: number): BatchRules["buckets"] {
  if (buckets.length === 0) return buckets;
  const steps = [...buckets];
  for (let last = steps.at(-1) ?? maxTokens; last < maxTokens; last *= 2) steps.push(last * 1.5, last * 2);
  return [...steps.filter((step) => step < maxTokens), maxTokens];
}

/** Every shape that decides about a GPU's pipelines: each bucket that is asked for as a single row, shortest first, then filled. */
export function warmShapes(
  buckets: BatchRules["buckets"],
  budgetTokens: number,
): Pick<TokenBatch, "rows" | "length">[] {
  const asked = buckets.filter((length) => length <= MOST_ASKED);
  const single = asked.map((length) => ({ rows: 1, length }));
  const filled = asked.map((length) => ({ rows: Math.floor(budgetTokens / length), length }));
  return [...single, ...filled.filter(({ rows }) => rows > 1)];
}

/** Takes the next batch from `lengths`, longest texts first, and removes its members from `waiting`. */
export function nextBatch(
  waiting: number[],
  lengths: readonly number[],
  { budgetTokens, buckets }: BatchRules,
): BatchPlan {
  const longest = lengths[waiting.at(-1) ?? 0] ?? 0;
  const length = buckets.find((bucket) => bucket >= longest) ?? longest;
  const rows = Math.max(1, Math.floor(budgetTokens / length));
  return { members: waiting.splice(-rows), length };
}

/** The order in which `nextBatch` wants its texts: shortest first. */
export function byLength(lengths: readonly number[]): number[] {
  return lengths.map((_, i) => i).sort((a, b) => (lengths[a] ?? 0) - (lengths[b] ?? 0));
}

/** Lays the ids of a batch out in rows, padded at the end. */
export function fillBatch({ members, length }: BatchPlan, ids: readonly (readonly number[])[]): TokenBatch {
  const rows = members.length;
  const batch = {
    rows,
    length,
    ids: new Int32Array(rows * length),
    mask: new Float32Array(rows * length),
  };
  members.forEach((member, row) => {
    const start = row * length;
    const own = ids[member] ?? [];
    batch.ids.set(own, start);
    batch.mask.fill(1, start, start + own.length);
  });
  return batch;
}
