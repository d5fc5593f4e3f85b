import type { Mark } from "../contract/index.ts";
import { createDots, type Dots } from "./dots.ts";
import { MARK_REWARDS } from "./rewards.ts";
import { MOST_CANDIDATES, type JudgedQuery } from "./table-trainer.ts";

/** A hit that a person judged. */
export interface MarkedHit {
  readonly query: string;
  readonly passageId: number;
  readonly mark: Mark;
}

/** A query whose passages have rewards: log-likelihoods, or ranks among sampled answers (rewards.ts). */
export interface ScoredQuery {
  readonly query: string;
  readonly rewards: readonly { readonly passageId: number; readonly reward: number }[];
}

/** Queries that somebody judged passages for, the latest of each kind. */
export interface Judgements {
  readonly marks: readonly MarkedHit[];
  readonly scored: readonly ScoredQuery[];
  /** The texts of both, marked ones first, each once: what the full encoder has to encode. */
  readonly queries: readonly string[];
}

/** Queries with marks, and queries with scores, that one training learns from. */
const MOST_QUERIES = 256;
/** Unmarked passages near a marked query that stand between right and wrong ones. */
const RIVALS = 6;

export function judgementsOf(marks: readonly MarkedHit[], scored: readonly ScoredQuery[]): Judgements {
  const marked = [...new Set(marks.map(({ query }) => query))].slice(-MOST_QUERIES);
  const latest = scored.slice(-MOST_QUERIES);
  return { marks, scored: latest, queries: [...marked, ...latest.map(({ query }) => query)] };
}

/** Judgements as the table learns from them. Marks by graded distillation, a model's scores by `loss`. */
export async function judgedQueries({
  judgements: { marks, scored, queries },
  rowById,
  rowsOf,
  vectors,
  dim,
  encoded,
  firstTeacher,
  loss,
  breathe,
}: {
  readonly judgements: Judgements;
  /** Rows of passages by their ids. */
  readonly rowById: ReadonlyMap<number, number>;
  /** Rows of a text's words. */
  readonly rowsOf: (query: string) => Int32Array;
  readonly vectors: Float32Array;
  readonly dim: number;
  /** The full encoder's vectors; those of `queries` begin at row `firstTeacher`. */
  readonly encoded: Float32Array;
  readonly firstTeacher: number;
  readonly loss: JudgedQuery["loss"];
  readonly breathe: () => Promise<void>;
}): Promise<JudgedQuery[]> {
  const judged: JudgedQuery[] = [];
  const marked = queries.length - scored.length;
  const dots = marked > 0 ? createDots(vectors, dim) : null;
  for (const [i, query] of queries.entries()) {
    const teacher = firstTeacher + i;
    const rows = rowsOf(query);
    const rewards = scored[i - marked]?.rewards;
    if (rewards) judged.push(...ofRewards(rewards, rowById, { rows, teacher, loss }));
    else if (dots) {
      const full = encoded.subarray(teacher * dim, (teacher + 1) * dim);
      const own = marks.filter((mark) => mark.query === query);
      judged.push(...ofMarks(own, { rowById, dots, full }, { rows, teacher }));
    }
    await breathe();
  }
  return judged;
}

/**
 * Marks of one query as candidates with rewards, the nearest unmarked passages among them: so a query of which only a
 * wrong hit is known learns that others are better. Passages that are gone, and unknown words, give none.
 */
function ofMarks(
  marks: readonly MarkedHit[],
  { rowById, dots, full }: { rowById: ReadonlyMap<number, number>; dots: Dots; full: Float32Array },
  { rows, teacher }: { rows: Int32Array; teacher: number },
): JudgedQuery[] {
  const said = new Map<number, number>();
  for (const { passageId, mark } of marks) {
    const row = rowById.get(passageId);
    if (row !== undefined) said.set(row, MARK_REWARDS[mark]);
  }
  if (said.size === 0 || rows.length === 0) return [];
  const scores = dots(full);
  const near = Array.from(scores.keys())
    .filter((row) => !said.has(row))
    .sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
  const own = [
    ...[...said].slice(-MOST_CANDIDATES + RIVALS),
    ...near.slice(0, RIVALS).map((row) => [row, 0] as const),
  ];
  const candidates = Int32Array.from(own, ([row]) => row);
  const rewards = Float32Array.from(own, ([, reward]) => reward);
  return [{ rows, candidates, rewards, teacher, loss: "graded" }];
}

/** Scored passages as candidates: all of one query's were scored alike, so no others stand among them. */
function ofRewards(
  rewards: ScoredQuery["rewards"],
  rowById: ReadonlyMap<number, number>,
  { rows, teacher, loss }: Pick<JudgedQuery, "rows" | "teacher" | "loss">,
): JudgedQuery[] {
  const known = rewards
    .flatMap(({ passageId, reward }) => {
      const row = rowById.get(passageId);
      return row !== undefined && Number.isFinite(reward) ? [{ row, reward }] : [];
    })
    .slice(0, MOST_CANDIDATES);
  if (known.length < 2 || rows.length === 0) return [];
  const candidates = Int32Array.from(known, ({ row }) => row);
  return [{ rows, teacher, loss, candidates, rewards: Float32Array.from(known, ({ reward }) => reward) }];
}
