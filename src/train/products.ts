/** The two products that nearly all of the training's time goes into; typed-array loops and WASM give the same. */
export interface Products {
  /** left f32[m, dim] · right f32[n, dim]ᵀ → out f32[m, n]. */
  scores(left: Float32Array, right: Float32Array, out: Float32Array, m: number, n: number, dim: number): void;
  /** weights f32[m, n] · right f32[n, dim] → out f32[m, dim], overwritten. */
  mix(weights: Float32Array, right: Float32Array, out: Float32Array, m: number, n: number, dim: number): void;
}

/** Plain loops, four rows at once so that each value of the other side is read once for all of them. */
export const plainProducts: Products = {
  scores(left, right, out, m, n, dim) {
    for (let i = 0; i < m; i += 4) {
      const rows = Math.min(4, m - i);
      const a0 = i * dim;
      const a1 = rows > 1 ? a0 + dim : a0;
      const a2 = rows > 2 ? a0 + 2 * dim : a0;
      const a3 = rows > 3 ? a0 + 3 * dim : a0;
      for (let j = 0; j < n; j++) {
        const b = j * dim;
        let s0 = 0;
        let s1 = 0;
        let s2 = 0;
        let s3 = 0;
        for (let k = 0; k < dim; k++) {
          const value = right[b + k] ?? 0;
          s0 += (left[a0 + k] ?? 0) * value;
          s1 += (left[a1 + k] ?? 0) * value;
          s2 += (left[a2 + k] ?? 0) * value;
          s3 += (left[a3 + k] ?? 0) * value;
        }
        out[i * n + j] = s0;
        if (rows > 1) out[(i + 1) * n + j] = s1;
        if (rows > 2) out[(i + 2) * n + j] = s2;
        if (rows > 3) out[(i + 3) * n + j] = s3;
      }
    }
  },
  mix(weights, right, out, m, n, dim) {
    out.fill(0, 0, m * dim);
    for (let i = 0; i < m; i++) {
      const at = i * dim;
      for (let j = 0; j < n; j += 4) {
        const w0 = weights[i * n + j] ?? 0;
        const w1 = j + 1 < n ? (weights[i * n + j + 1] ?? 0) : 0;
        const w2 = j + 2 < n ? (weights[i * n + j + 2] ?? 0) : 0;
        const w3 = j + 3 < n ? (weights[i * n + j + 3] ?? 0) : 0;
        if (Math.abs(w0) + Math.abs(w1) + Math.abs(w2) + Math.abs(w3) < NEGLIGIBLE) continue;
        const b0 = j * dim;
        const b1 = w1 === 0 ? b0 : b0 + dim;
        const b2 = w2 === 0 ? b0 : b0 + 2 * dim;
        const b3 = w3 === 0 ? b0 : b0 + 3 * dim;
        for (let k = 0; k < dim; k++)
          out[at + k] =
            (out[at + k] ?? 0) +
            w0 * (right[b0 + k] ?? 0) +
            w1 * (right[b1 + k] ?? 0) +
            w2 * (right[b2 + k] ?? 0) +
            w3 * (right[b3 + k] ?? 0);
      }
    }
  },
};

/** Of gradients over a batch, whose largest are near 0.1: four together below this change no digit of a float32 sum. */
const NEGLIGIBLE = 1e-8;
