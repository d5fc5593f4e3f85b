/** A loss of one query over its scored keys, and its derivative by each score. */
export interface LossOf {
  readonly loss: number;
  readonly gradient: Float32Array;
}

/**
 * InfoNCE: the right key against all others. `scores` are cosines over the temperature.
 *
 * Source: LLM-Embedder, `modeling_dense.py::_compute_loss`, contrastive branch.
 */
export function infoNce(scores: Float32Array, right: number): LossOf {
  const gradient = softmax(scores);
  const loss = -Math.log(Math.max(gradient[right] ?? 0, Number.MIN_VALUE));
  gradient[right] = (gradient[right] ?? 0) - 1;
  return { loss, gradient };
}

/**
 * Graded ("stabilised") distillation: candidates from the best reward down, each against its lower-ranked siblings and
 * all other keys, never against a better sibling; weighted by the softmax of the rewards.
 *
 * Shape: the first `rewards.length` scores are the candidates', the rest other keys'.
 * Source: LLM-Embedder, arXiv 2310.07554, section 3.2 and `_compute_loss`, "stable" branch, which ignores the teacher's
 * temperature; candidates are sorted fully, as the paper says and its code does for negatives only.
 */
export function gradedDistillation(scores: Float32Array, rewards: Float32Array): LossOf {
  const weights = softmax(rewards);
  const order = Array.from(rewards.keys()).sort((a, b) => (rewards[b] ?? 0) - (rewards[a] ?? 0) || a - b);
  const gradient = new Float32Array(scores.length);
  const open = Float32Array.from(scores);
  let loss = 0;
  for (const candidate of order) {
    const weight = weights[candidate] ?? 0;
    const own = infoNce(open, candidate);
    loss += weight * own.loss;
    for (let i = 0; i < gradient.length; i++)
      gradient[i] = (gradient[i] ?? 0) + weight * (own.gradient[i] ?? 0);
    open[candidate] = -Infinity;
  }
  return { loss, gradient };
}

/**
 * KL(softmax(rewards / 0.1) || softmax(scores)) over a query's own candidates.
 *
 * Source: LLM-Embedder, `_compute_loss`, KL branch; reward temperature 0.1, score temperature 1 (chat, lrlm).
 */
export function klDistillation(scores: Float32Array, rewards: Float32Array, temperature = 0.1): LossOf {
  const wanted = softmax(rewards.map((reward) => reward / temperature));
  const gradient = softmax(scores);
  let loss = 0;
  for (let i = 0; i < wanted.length; i++) {
    const p = wanted[i] ?? 0;
    if (p > 0) loss += p * (Math.log(p) - Math.log(Math.max(gradient[i] ?? 0, Number.MIN_VALUE)));
  }
  for (let i = 0; i < gradient.length; i++) gradient[i] = (gradient[i] ?? 0) - (wanted[i] ?? 0);
  return { loss, gradient };
}

export function softmax(values: Float32Array): Float32Array {
  let top = -Infinity;
  for (const value of values) top = Math.max(top, value);
  const out = new Float32Array(values.length);
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const e = Math.exp((values[i] ?? 0) - top);
    out[i] = e;
    sum += e;
  }
  for (let i = 0; i < out.length; i++) out[i] = (out[i] ?? 0) / sum;
  return out;
}
