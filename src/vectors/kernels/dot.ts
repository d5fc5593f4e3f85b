/**
 * Inner products of a query with each row of f32[rows, dim], summed in float64 and rounded to float32 at the end.
 * Every kernel's final scores come from here, which is why they are equal bit for bit.
 */
export function dotExact(query: Float32Array, vectors: Float32Array): Float32Array {
  const dim = query.length;
  const scores = new Float32Array(vectors.length / dim);
  for (let row = 0; row < scores.length; row++) {
    let sum = 0;
    const from = row * dim;
    for (let i = 0; i < dim; i++) sum += (vectors[from + i] ?? 0) * (query[i] ?? 0);
    scores[row] = sum;
  }
  return scores;
}
