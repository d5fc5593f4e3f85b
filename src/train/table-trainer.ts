import { createRng } from "../base/rng.ts";
import { BETA1, createRowScales } from "./adam.ts";
import { createRoom, instantiateLearn, paddedTo16 } from "./learn-module.ts";
import { gradedDistillation, infoNce, klDistillation } from "./losses.ts";
import type { TokenTable } from "./token-table.ts";

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
  /** `graded`: against all keys of the batch too. `kl`: among its own candidates only. */
  readonly loss: "graded" | "kl";
}

export interface TableTrainerOptions {
  /** Where training begins; it is left as it is. */
  readonly table: TokenTable;
  readonly pairs: readonly TablePair[];
  readonly judged?: readonly JudgedQuery[];
  /** Unit vectors f32[passages, dim]. */
  readonly passages: Float32Array;
  /** The full encoder's unit vectors f32[queries, dim]. */
  readonly teachers: Float32Array;
  readonly epochs?: number;
  readonly seed?: number;
  /** Steps that are behind `table` already: an earlier run of the same options was stopped there. */
  readonly doneSteps?: number;
  /** Lets other work go first while tables are copied. */
  readonly breathe?: () => Promise<void>;
}

export interface TableTrainer {
  readonly totalSteps: number;
  readonly doneSteps: number;
  /** One batch, a few ms; its mean loss. Does nothing once all steps are done. */
  step(): number;
  /** A copy of what was learned so far. */
  table(): Promise<TokenTable>;
}

/**
 * What a batch is, and how far it moves the table; temperature, rate and pull were chosen on fastapi-docs. A step stays
 * small, so that a query hardly waits for it.
 */
const BATCH = 64;
const NEGATIVES = 192;
const TEMPERATURE = 0.05;
const RATE = 0.03;
const PULL = 2;

type Query = { readonly rows: Int32Array; readonly teacher: number } & (TablePair | JudgedQuery);

/** Words of one query that are looked at, far more than a query has. */
const MOST_ROWS = 8192;

/**
 * Trains a table: InfoNCE against the batch's own passages and sampled ones for pairs, distillation where
 * candidates were judged, and a pull towards the full encoder's vector of the same text. A batch is of one kind. The
 * rate falls linearly to a tenth.
 *
 * Order: the same options give the same table. A run that goes on from `doneSteps` begins with empty moments.
 * Cost: the table twice in the memory of a WebAssembly module.
 * Throws: RangeError where there is no memory for that.
 */
export async function createTableTrainer(options: TableTrainerOptions): Promise<TableTrainer> {
  const { table, pairs, judged = [], passages, teachers, epochs = 4, seed = 1, breathe } = options;
  const { dim } = table;
  const padded = paddedTo16(dim);
  const words = table.rowByWord.size;
  const count = passages.length / dim;
  const pairBatches = Math.ceil(pairs.length / BATCH);
  const perEpoch = pairBatches + Math.ceil(judged.length / BATCH);
  const totalSteps = perEpoch * epochs;
  let doneSteps = Math.min(totalSteps, options.doneSteps ?? 0);
  let order = { epoch: -1, pairs: new Uint32Array(0) };

  const learn = instantiateLearn();
  const room = createRoom(learn);
  const keyRoom = judged.length > 0 ? BATCH * MOST_CANDIDATES + NEGATIVES : BATCH + NEGATIVES;
  const tableAt = room.take(words * padded);
  const momentsAt = room.take(words * padded);
  const keysAt = room.take(keyRoom * padded);
  const teacherAt = room.take(padded);
  const queriesAt = room.take(BATCH * padded);
  const gradientsAt = room.take(BATCH * padded);
  const gradientAt = room.take(padded);
  const scoresAt = room.take(BATCH * keyRoom);
  const rowsAt = room.take(MOST_ROWS);
  room.open();
  const memory = new Float32Array(learn.memory.buffer);
  const rowNumbers = new Int32Array(learn.memory.buffer, rowsAt, MOST_ROWS);
  const rowOf = (at: number, row: number) => at + 4 * row * padded;
  const put = (at: number, vectors: Float32Array, row: number) =>
    memory.set(vectors.subarray(row * dim, (row + 1) * dim), at / 4);
  for (let word = 0; word < words; word++) {
    put(rowOf(tableAt, word), table.vectors, word);
    await breathe?.();
  }
  const scales = createRowScales(words, dim);
  const columns = new Map<number, number>();
  const columnOf = (passage: number): number => columns.get(passage) ?? 0;

  function take(passage: number): void {
    if (columns.has(passage)) return;
    put(rowOf(keysAt, columns.size), passages, passage);
    columns.set(passage, columns.size);
  }

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

  /** Writes the keys of a batch: the passages that its queries name, and sampled ones. */
  function takeKeys(batch: readonly Query[]): void {
    columns.clear();
    for (const query of batch)
      if ("target" in query) take(query.target);
      else query.candidates.subarray(0, MOST_CANDIDATES).forEach(take);
    const rng = createRng(seed * 104_729 + doneSteps);
    if (count <= NEGATIVES) for (let i = 0; i < count; i++) take(i);
    else for (let i = 0; i < NEGATIVES; i++) take(Math.floor(rng() * count));
  }

  /** Sums a query's words into its place and makes that a unit vector; the sum's length. */
  function encode({ rows }: Query, place: number): number {
    const known = rows.subarray(0, MOST_ROWS);
    rowNumbers.set(known);
    const at = rowOf(queriesAt, place);
    const length = Math.sqrt(learn.gather(rowsAt, known.length, tableAt, at, padded));
    learn.scale(at, length > SHORTEST ? 1 / length : 0, padded);
    return length;
  }

  /** Scores become derivatives by scores, in place; returns the summed loss. */
  function scoresToDerivatives(batch: readonly Query[], stride: number): number {
    const n = columns.size;
    let loss = 0;
    batch.forEach((query, i) => {
      const from = scoresAt / 4 + i * stride;
      const own = memory.slice(from, from + n);
      for (let j = 0; j < n; j++) own[j] = (own[j] ?? 0) / TEMPERATURE;
      const result = "target" in query ? infoNce(own, columnOf(query.target)) : distilled(query, own);
      loss += result.loss;
      for (let j = 0; j < n; j++) memory[from + j] = (result.gradient[j] ?? 0) / TEMPERATURE / batch.length;
    });
    return loss;
  }

  /** Brings the candidates to the front, as the loss wants them, and its derivatives back. */
  function distilled(
    { candidates, rewards, loss }: JudgedQuery,
    own: Float32Array,
  ): { loss: number; gradient: Float32Array } {
    const first = Array.from(candidates.subarray(0, MOST_CANDIDATES), columnOf);
    const isFirst = new Set(first);
    const others = Array.from(own.keys()).filter((column) => !isFirst.has(column));
    const seen = loss === "kl" ? first : [...first, ...others];
    const result = (loss === "kl" ? klDistillation : gradedDistillation)(
      Float32Array.from(seen, (column) => own[column] ?? 0),
      rewards.subarray(0, MOST_CANDIDATES),
    );
    const gradient = new Float32Array(own.length);
    seen.forEach((column, i) => (gradient[column] = result.gradient[i] ?? 0));
    return { loss: result.loss, gradient };
  }

  /** Moves every word of the batch, each by the sum of its queries' derivatives. */
  function descend(batch: readonly Query[], rate: number): void {
    const placesByWord = new Map<number, number[]>();
    batch.forEach(({ rows }, place) => {
      for (const word of rows) {
        const places = placesByWord.get(word);
        if (places) places.push(place);
        else placesByWord.set(word, [place]);
      }
    });
    for (const [word, places] of placesByWord) {
      const own = places.length > MOST_ROWS ? places.slice(0, MOST_ROWS) : places;
      rowNumbers.set(own);
      const square = learn.gather(rowsAt, own.length, gradientsAt, gradientAt, padded);
      const by = rate * scales.next(word, square);
      learn.descend(rowOf(tableAt, word), rowOf(momentsAt, word), gradientAt, BETA1, by, padded);
    }
  }

  return {
    totalSteps,
    get doneSteps() {
      return doneSteps;
    },
    step() {
      if (doneSteps >= totalSteps) return 0;
      const batch = batchAt(doneSteps);
      takeKeys(batch);
      const stride = 4 * Math.ceil(columns.size / 4);
      const lengths = batch.map(encode);
      learn.scores(queriesAt, keysAt, scoresAt, batch.length, stride, padded);
      const loss = scoresToDerivatives(batch, stride);
      learn.mix(scoresAt, keysAt, gradientsAt, batch.length, columns.size, stride, padded);
      batch.forEach(({ teacher }, i) => {
        const at = rowOf(gradientsAt, i);
        const length = lengths[i] ?? 0;
        if (teacher >= 0) {
          put(teacherAt, teachers, teacher);
          learn.addScaled(at, teacherAt, -PULL / batch.length, padded);
        }
        if (length > SHORTEST) learn.throughUnit(at, rowOf(queriesAt, i), length, padded);
        else learn.scale(at, 0, padded);
      });
      descend(batch, RATE * (1 - (0.9 * doneSteps) / totalSteps));
      doneSteps++;
      return loss / batch.length;
    },
    async table() {
      const vectors = new Float32Array(words * dim);
      for (let word = 0; word < words; word++) {
        const from = rowOf(tableAt, word) / 4;
        vectors.set(memory.subarray(from, from + dim), word * dim);
        await breathe?.();
      }
      return { dim, rowByWord: table.rowByWord, vectors };
    },
  };
}

/** A sum of words this short has no direction. */
const SHORTEST = 1e-12;

/** Judged passages of one query. */
export const MOST_CANDIDATES = 32;

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
