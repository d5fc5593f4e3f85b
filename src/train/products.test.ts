import { expect, test } from "vitest";
import { createRng } from "../base/rng.ts";
import { plainProducts } from "./products.ts";

const rng = createRng(4);
const draw = (length: number) => Float32Array.from({ length }, () => rng() - 0.5);

test.each([
  [1, 1, 3],
  [5, 7, 8],
  [6, 9, 20],
])("%i queries, %i keys, %i values each: as sums written out", (m, n, dim) => {
  const left = draw(m * dim);
  const right = draw(n * dim);
  const scores = new Float32Array(m * n);
  plainProducts.scores(left, right, scores, m, n, dim);
  const weights = draw(m * n);
  const mixed = new Float32Array(m * dim).fill(9);
  plainProducts.mix(weights, right, mixed, m, n, dim);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let k = 0; k < dim; k++) sum += left[i * dim + k]! * right[j * dim + k]!;
      expect(scores[i * n + j]).toBeCloseTo(sum, 5);
    }
    for (let k = 0; k < dim; k++) {
      let sum = 0;
      for (let j = 0; j < n; j++) sum += weights[i * n + j]! * right[j * dim + k]!;
      expect(mixed[i * dim + k]).toBeCloseTo(sum, 5);
    }
  }
});
