import { createRng } from "../base/rng.ts";
import { createRowAdam } from "./adam.ts";
import { gradedDistillation, infoNce } from "./losses.ts";
import { plainProducts, type Products } from "./products.ts";
import { encodeRows, throughUnit, type TokenTable } from "./token-table.ts";

/** A pair as the table's training takes it. */
export interface TablePair {
  /** Rows of its words. */
  readonly rows: Int32Array;
  /** Its passage's row in the passages' vectors. */
  readonly target: number;
  /** Its row in the full encoder's vectors of queries; -1 where none was made. */
  readonly teacher: number;
}

/** A query whose candidates were judged: marked by the person, or scored by a language model. */
export interface JudgedQuery {
  readonly rows: Int32Array;
  /** Rows of passages, at most 32. */
  readonly candidates: Int32Array;
  readonly rewards: Float32Array;
  readonly teacher: number;
}

export interface TableTrainerOptions {
  /** Trained in place. */
  readonly table: TokenTable;
  readonly pairs: readonly TablePair[];
  readonly judged?: readonly JudgedQuery[];
  /** Unit vectors f32[passages, dim]. */
  readonly passages: Float32Array;
  /** The full encoder's unit vectors f32[queries, dim]. */
  readonly teachers: Float32Array;
  readonly epochs?: number;
  readonly seed?: number;
  readonly products?: Products;
  /** Where an earlier run was stopped. */
  readonly state?: TrainerState | undefined;
}

/** With the table's vectors all that a run needs to go on as if it had not been stopped. */
export interface TrainerState {
  readonly doneSteps: number;
  readonly moments: Float32Array;
  readonly squares: Float32Array;
  readonly steps: Uint32Array;
}

export interface TableTrainer {
  readonly totalSteps: number;
  readonly doneSteps: number;
  /** One batch, about 10 ms; its mean loss. Does nothing once all steps are done. */
  step(): number;
  state(): TrainerState;
}

/**
 * What a batch is, and how far it moves the table; temperature, rate and pull were chosen on fastapi-docs. A step stays small, so that a query hardly waits for it.
 */
const BATCH = 64;
const NEGATIVES = 192;
const TEMPERATURE = 0.05;
const RATE = 0.03;
const PULL = 2;

type Query = { readonly rows: Int32Array; readonly teacher: number } & (TablePair | JudgedQuery);

/**
 * Trains a table: InfoNCE against the batch's own passages and sampled ones for pairs, graded distillation where
 * candidates were judged, and a pull towards the full encoder's vector of the same text. A batch is of one kind. The
 * rate falls linearly to a tenth.
 *
 * Order: the same options give the same table, also when the run was stopped and went on from `state`.
 */
export function createTableTrainer(options: TableTrainerOptions): TableTrainer {
  const { table, pairs, judged = [], passages, teachers, epochs = 4, seed = 1, state } = options;
  const { products = plainProducts } = options;
  const { dim } = table;
  const count = passages.length / dim;
  const adam = createRowAdam(table.rowByWord.size, dim, state);
  const pairBatches = Math.ceil(pairs.length / BATCH);
  const perEpoch = pairBatches + Math.ceil(judged.length / BATCH);
  const totalSteps = perEpoch * epochs;
  let doneSteps = state?.doneSteps ?? 0;
  let order = { epoch: -1, pairs: new Uint32Array(0) };
  const keys = createKeys(passages, dim, BATCH * MOST_CANDIDATES + NEGATIVES);
  const queries = new Float32Array(BATCH * dim);
  const gradients = new Float32Array(BATCH * dim);
  const scores = new Float32Array(BATCH * (BATCH + NEGATIVES));

  function batchAt(step: number): readonly Query[] {
    const epoch = Math.floor(step / perEpoch);
    const within = step % perEpoch;
    if (within >= pairBatches)
      return judged.slice((within - pairBatches) * BATCH, (within - pairBatches + 1) * BATCH);
    if (order.epoch !== epoch)
      order = { epoch, pairs: shuffled(pairs.length, createRng(seed * 7919 + epoch)) };
    return Array.from(order.pairs.subarray(within * BATCH, (within + 1) * BATCH), (at) => pairs[at]).filter(
      (pair) => pair !== undefined,
    );
  }

  /** Scores become derivatives by scores, in place; returns the summed loss. */
  function scoresToDerivatives(batch: readonly Query[], out: Float32Array): number {
    const n = keys.size;
    let loss = 0;
    batch.forEach((query, i) => {
      const own = out.subarray(i * n, (i + 1) * n).map((cosine) => cosine / TEMPERATURE);
      const result = "target" in query ? infoNce(own, keys.columnOf(query.target)) : graded(query, own);
      loss += result.loss;
      out.set(
        result.gradient.map((derivative) => derivative / TEMPERATURE / batch.length),
        i * n,
      );
    });
    return loss;
  }

  /** Brings the candidates to the front, as the loss wants them, and its derivatives back. */
  function graded(
    { candidates, rewards }: JudgedQuery,
    own: Float32Array,
  ): { loss: number; gradient: Float32Array } {
    const first = Array.from(candidates, (passage) => keys.columnOf(passage));
    const isFirst = new Set(first);
    const columns = [...first, ...Array.from(own.keys()).filter((column) => !isFirst.has(column))];
    const result = gradedDistillation(
      Float32Array.from(columns, (column) => own[column] ?? 0),
      rewards,
    );
    const gradient = new Float32Array(own.length);
    columns.forEach((column, i) => (gradient[column] = result.gradient[i] ?? 0));
    return { loss: result.loss, gradient };
  }

  return {
    totalSteps,
    get doneSteps() {
      return doneSteps;
    },
    step() {
      if (doneSteps >= totalSteps) return 0;
      const batch = batchAt(doneSteps);
      keys.clear();
      for (const query of batch)
        if ("target" in query) keys.take(query.target);
        else for (const passage of query.candidates) keys.take(passage);
      const rng = createRng(seed * 104_729 + doneSteps);
      if (count <= NEGATIVES) for (let i = 0; i < count; i++) keys.take(i);
      else for (let i = 0; i < NEGATIVES; i++) keys.take(Math.floor(rng() * count));
      const m = batch.length;
      const n = keys.size;
      const room = m * n <= scores.length ? scores : new Float32Array(m * n);
      const lengths = batch.map(({ rows }, i) =>
        encodeRows(table, rows, queries.subarray(i * dim, (i + 1) * dim)),
      );
      products.scores(queries, keys.vectors, room, m, n, dim);
      const loss = scoresToDerivatives(batch, room);
      products.mix(room, keys.vectors, gradients, m, n, dim);
      const sums = new Map<number, Float32Array>();
      batch.forEach(({ rows, teacher }, i) => {
        const gradient = gradients.subarray(i * dim, (i + 1) * dim);
        if (teacher >= 0)
          for (let k = 0; k < dim; k++)
            gradient[k] = (gradient[k] ?? 0) - (PULL / m) * (teachers[teacher * dim + k] ?? 0);
        throughUnit(gradient, queries.subarray(i * dim, (i + 1) * dim), lengths[i] ?? 0);
        for (const row of rows) {
          let sum = sums.get(row);
          if (sum === undefined) sums.set(row, (sum = new Float32Array(dim)));
          for (let k = 0; k < dim; k++) sum[k] = (sum[k] ?? 0) + (gradient[k] ?? 0);
        }
      });
      const rate = RATE * (1 - (0.9 * doneSteps) / totalSteps);
      for (const [row, gradient] of sums) adam.update(table.vectors, row, gradient, rate);
      doneSteps++;
      return loss / m;
    },
    state: () => ({ doneSteps, moments: adam.moments, squares: adam.squares, steps: adam.steps }),
  };
}

/** Judged passages of one query. */
export const MOST_CANDIDATES = 32;

/** The passages that a batch is scored against, each once. */
function createKeys(passages: Float32Array, dim: number, most: number) {
  const columns = new Map<number, number>();
  let vectors = new Float32Array(Math.min(most, BATCH + NEGATIVES) * dim);
  return {
    get vectors() {
      return vectors;
    },
    get size() {
      return columns.size;
    },
    clear: () => columns.clear(),
    columnOf: (passage: number) => columns.get(passage) ?? 0,
    take(passage: number) {
      if (columns.has(passage)) return;
      const at = columns.size * dim;
      if (at + dim > vectors.length) {
        const larger = new Float32Array(2 * vectors.length);
        larger.set(vectors);
        vectors = larger;
      }
      vectors.set(passages.subarray(passage * dim, (passage + 1) * dim), at);
      columns.set(passage, columns.size);
    },
  };
}

function shuffled(length: number, rng: () => number): Uint32Array<ArrayBuffer> {
  const order = Uint32Array.from({ length }, (_, i) => i);
  for (let i = length - 1; i > 0; i--) {
    const j = Math.floor(rng() * (i + 1));
    const held = order[i] ?? 0;
    order[i] = order[j] ?? 0;
    order[j] = held;
  }
  return order;
}
