import { createRng } from "../base/rng.ts";
import type { AdaptationReport } from "../contract/index.ts";
import { mixed, type Adapter } from "./adapter.ts";
import { compareMixes, weightOf, type GateResult, type HeldOut } from "./gate.ts";
import { judgedQueries, judgementsOf, type MarkedHit, type ScoredQuery } from "./judged-queries.ts";
import { applyLinear, type LinearAdapter } from "./linear-adapter.ts";
import { trainLinear } from "./linear-trainer.ts";
import { pairsOf, type Pair, type TrainingPassage } from "./pairs.ts";
import { sample } from "./sample.ts";
import { createTableTrainer, type JudgedQuery, type TablePair } from "./table-trainer.ts";
import { MOST_EPOCHS, MOST_TEACHERS, MOST_VISITS } from "./teach-table.ts";
import { createTokenTable, encodeRows, extendTable, rowsOf, type TokenTable } from "./token-table.ts";

export interface AdaptRequest {
  /** What the passages say, as it was embedded; at most `MOST_PASSAGES` of a larger collection. */
  readonly passages: readonly TrainingPassage[];
  /** Their unit vectors f32[passages, dim]. */
  readonly vectors: Float32Array;
  readonly dim: number;
  /** Most sentences of one passage that ask for it; default as `pairsOf`. */
  readonly perPassage?: number;
  /** The full encoder on the query side. */
  readonly encode: (texts: readonly string[], signal: AbortSignal) => Promise<Float32Array>;
  readonly marks?: readonly MarkedHit[];
  /** Passages that a language model scored; they count like marks of another query. */
  readonly scored?: readonly ScoredQuery[];
  /** How scores are learned from; default `graded`, as the original has it for all tasks but chat and lrlm. */
  readonly distillation?: JudgedQuery["loss"];
  /** The table of an earlier training: it goes on from there. */
  readonly before?: TokenTable | null;
  /** Steps that are behind `before`: a training of the same passages and marks was stopped there. */
  readonly doneSteps?: number;
  /** Offered between steps: what a later call can go on from, once it is asked for. */
  readonly onStep?: (doneSteps: number, table: () => Promise<TokenTable>) => Promise<void>;
  readonly signal: AbortSignal;
  /** Lets other work go first; called about every 10 ms of work. */
  readonly breathe: () => Promise<void>;
  readonly onProgress?: (part: number) => void;
  readonly seed?: number;
}

export interface AdaptResult {
  readonly adapter: Adapter;
  readonly report: Omit<AdaptationReport, "seconds">;
  readonly gate: GateResult;
}

/** Passages that a training looks at: 20,000 × 768 values are 61 MB. */
export const MOST_PASSAGES = 20_000;

/** Fewer tell nothing apart, and their words are found by keywords anyway. */
const FEWEST_PASSAGES = 16;
const FEWEST_HELD_OUT = 24;
const MOST_HELD_OUT = 400;

/**
 * Learns query encoders from a collection's own text and decides by held-out pairs which is used.
 *
 * Order: the same request gives the same adapter.
 * Throws: the signal's reason; nothing is kept then.
 */
export async function adaptCollection(request: AdaptRequest): Promise<AdaptResult> {
  const { passages, vectors, dim, signal, breathe, before, seed = 1, onProgress } = request;
  const judgements = judgementsOf(request.marks ?? [], request.scored ?? []);
  const rowById = new Map(passages.map(({ id }, row) => [id, row]));
  const texts = passages.map(({ title, text }) => `${title} ${text}`);
  const pause = async (): Promise<void> => {
    await breathe();
    signal.throwIfAborted();
  };
  const { perPassage } = request;
  const pairs = await pairsOf(passages, {
    seed,
    breathe: pause,
    ...(perPassage !== undefined && { perPassage }),
  });
  const start = await createTokenTable({ texts, vectors, dim }, pause);
  if (before && before.dim === dim) await extendTable(start, before, pause);

  const { heldOut, training } = split(pairs, judgements.queries, createRng(seed));
  const tooSmall = passages.length < FEWEST_PASSAGES || heldOut.length < FEWEST_HELD_OUT;
  const toReport = (gate: GateResult, why: AdaptationReport["why"], winner: Adapter["winner"]) => ({
    winner,
    part: gate.winner.part,
    before: gate.full,
    after: gate.best,
    error: Number.isFinite(gate.error) ? gate.error : 0,
    why,
    pairs: training.length,
    heldOut: heldOut.length,
    passages: passages.length,
    marks: judgements.marks.length,
  });
  if (tooSmall) {
    const gate = await compareMixes([], { passages: vectors, dim, adapters: 0 }, breathe);
    return {
      adapter: { table: start, linear: null, winner: "full", part: 0 },
      report: toReport(gate, "too-small", "full"),
      gate,
    };
  }

  const taught = sample(training, MOST_TEACHERS, createRng(seed + 1));
  const asked = [...[...heldOut, ...taught].map(({ query }) => query), ...judgements.queries];
  const encoded = await request.encode(asked, signal);
  onProgress?.(0.2);
  const rowOf = (query: string) => rowsOf(start, query);
  const teacherByPair = new Map(taught.map((pair, i) => [pair, heldOut.length + i]));
  const epochs = Math.max(1, Math.min(MOST_EPOCHS, Math.floor(MOST_VISITS / training.length)));
  const tablePairs: TablePair[] = [];
  for (const pair of sample(training, MOST_VISITS, createRng(seed + 2))) {
    const target = rowById.get(pair.passageId) ?? 0;
    tablePairs.push({ rows: rowOf(pair.query), target, teacher: teacherByPair.get(pair) ?? -1 });
    await pause();
  }
  const judged = await judgedQueries({
    judgements,
    rowById,
    rowsOf: rowOf,
    vectors,
    dim,
    encoded,
    firstTeacher: heldOut.length + taught.length,
    loss: request.distillation ?? "graded",
    breathe: pause,
  });
  const trainer = await createTableTrainer({
    table: start,
    passages: vectors,
    teachers: encoded,
    epochs,
    seed,
    pairs: tablePairs,
    judged,
    breathe: pause,
    ...(request.doneSteps !== undefined && { doneSteps: request.doneSteps }),
  });
  while (trainer.doneSteps < trainer.totalSteps) {
    trainer.step();
    onProgress?.(0.2 + (0.6 * trainer.doneSteps) / trainer.totalSteps);
    await pause();
    await request.onStep?.(trainer.doneSteps, () => trainer.table());
  }
  const table = await trainer.table();

  const linear = await finish(
    trainLinear({
      dim,
      queries: encoded.subarray(heldOut.length * dim),
      targets: Int32Array.from(taught, ({ passageId }) => rowById.get(passageId) ?? 0),
      passages: vectors,
      seed,
    }),
    pause,
  );
  onProgress?.(0.9);
  const rivals = rivalsOf(
    heldOut.map(({ passageId }) => rowById.get(passageId) ?? 0),
    vectors,
    dim,
    seed,
  );
  const measured: HeldOut[] = [];
  for (const [i, { query, overlap }] of heldOut.entries()) {
    const full = encoded.subarray(i * dim, (i + 1) * dim);
    const adapted = adaptedBy(table, linear, query, full);
    measured.push({ target: rivals.targets[i] ?? 0, weight: weightOf(overlap), full, adapted });
    await pause();
  }
  const gate = await compareMixes(measured, { passages: rivals.passages, dim, adapters: 2 }, breathe);
  signal.throwIfAborted();
  const winner = gate.winner.part === 0 ? "full" : gate.winner.adapter === 0 ? "table" : "linear";
  const why = winner === "full" ? "no-better" : "better";
  return {
    adapter: { table, linear: winner === "linear" ? linear : null, winner, part: gate.winner.part },
    report: toReport(gate, why, winner),
    gate,
  };
}

/** Passages that held-out pairs are measured among. */
const MOST_RIVALS = 3000;

/** The held-out pairs' passages and a sample of others, with where the former lie among them. */
function rivalsOf(rows: readonly number[], vectors: Float32Array, dim: number, seed: number) {
  const count = vectors.length / dim;
  if (count <= MOST_RIVALS) return { passages: vectors, targets: rows };
  const rng = createRng(seed + 3);
  const chosen = [...new Set(rows)];
  while (chosen.length < MOST_RIVALS) chosen.push(Math.floor(rng() * count));
  const places = new Map([...new Set(chosen)].map((row, place) => [row, place]));
  const passages = new Float32Array(places.size * dim);
  for (const [row, place] of places) passages.set(vectors.subarray(row * dim, (row + 1) * dim), place * dim);
  return { passages, targets: rows.map((row) => places.get(row) ?? 0) };
}

async function finish(
  training: Generator<undefined, LinearAdapter>,
  pause: () => Promise<void>,
): Promise<LinearAdapter> {
  for (;;) {
    const { done, value } = training.next();
    if (done) return value;
    await pause();
  }
}

function adaptedBy(
  table: TokenTable,
  linear: LinearAdapter,
  query: string,
  full: Float32Array,
): readonly (Float32Array | null)[] {
  const own = new Float32Array(table.dim);
  const known = encodeRows(table, rowsOf(table, query), own) > 0;
  const changed = new Float32Array(table.dim);
  applyLinear(linear, full, changed);
  return [known ? own : null, mixed(full, changed, 1)];
}

/** A quarter of the queries, all pairs of a query on one side; what the person marked is learned from. */
function split(pairs: readonly Pair[], judged: readonly string[], rng: () => number) {
  const marked = new Set(judged);
  const part = Math.min(0.25, MOST_HELD_OUT / Math.max(1, pairs.length));
  const isHeldOut = new Map<string, boolean>();
  for (const { query } of pairs)
    if (!isHeldOut.has(query)) isHeldOut.set(query, !marked.has(query) && rng() < part);
  const heldOut = pairs.filter(({ query }) => isHeldOut.get(query)).slice(0, 2 * MOST_HELD_OUT);
  return { heldOut, training: pairs.filter(({ query }) => !isHeldOut.get(query)) };
}
