import { dot } from "../base/dot.ts";
import { createRng } from "../base/rng.ts";
import { createRowAdam } from "./adam.ts";
import { applyLinear, backLinear, createLinearAdapter, type LinearAdapter } from "./linear-adapter.ts";
import { infoNce } from "./losses.ts";

export interface LinearTraining {
  readonly dim: number;
  /** The full encoder's vectors of the pairs' queries, f32[pairs, dim]. */
  readonly queries: Float32Array;
  /** Row of each pair's passage. */
  readonly targets: Int32Array;
  readonly passages: Float32Array;
  readonly seed?: number;
}

const RANK = 16;
const EPOCHS = 4;
const BATCH = 64;
const NEGATIVES = 128;
const TEMPERATURE = 0.05;
const RATE = 0.01;
const PULL = 2;

/** Trains the linear adapter; `yield`s after each query, so that the caller decides when to go on. */
export function* trainLinear({
  dim,
  queries,
  targets,
  passages,
  seed = 1,
}: LinearTraining): Generator<undefined, LinearAdapter> {
  const adapter = createLinearAdapter(dim, RANK, seed);
  const adams = { down: createRowAdam(RANK, dim), up: createRowAdam(RANK, dim) };
  const rng = createRng(seed);
  const count = passages.length / dim;
  const steps = Math.ceil((targets.length * EPOCHS) / BATCH);
  const out = new Float32Array(dim);
  for (let step = 0; step < steps; step++) {
    const into = { down: new Float32Array(RANK * dim), up: new Float32Array(RANK * dim) };
    const others = Array.from({ length: NEGATIVES }, () => Math.floor(rng() * count));
    for (let i = 0; i < BATCH; i++) {
      const pair = Math.floor(rng() * targets.length);
      const query = queries.subarray(pair * dim, (pair + 1) * dim);
      const target = targets[pair] ?? 0;
      const keys = [target, ...others.filter((other) => other !== target)];
      const passed = applyLinear(adapter, query, out);
      const { gradient } = infoNce(
        Float32Array.from(keys, (key) => dot(passages, key * dim, out) / TEMPERATURE),
        0,
      );
      const derivative = query.map((value) => (-PULL / BATCH) * value);
      keys.forEach((key, j) => {
        const by = (gradient[j] ?? 0) / TEMPERATURE / BATCH;
        for (let k = 0; k < dim; k++)
          derivative[k] = (derivative[k] ?? 0) + by * (passages[key * dim + k] ?? 0);
      });
      backLinear(adapter, query, out, passed, derivative, into);
      yield;
    }
    const rate = RATE * (1 - (0.9 * step) / steps);
    for (let r = 0; r < RANK; r++)
      for (const side of ["down", "up"] as const)
        adams[side].update(adapter[side], r, into[side].subarray(r * dim, (r + 1) * dim), rate);
  }
  return adapter;
}
