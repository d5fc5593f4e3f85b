export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return ((sorted[(sorted.length - 1) >> 1] ?? Number.NaN) + (sorted[sorted.length >> 1] ?? Number.NaN)) / 2;
}

/** Inner products of equally placed rows: cosines, for unit vectors. */
export function rowProducts(a: Float32Array, b: Float32Array, rows: number): number[] {
  const dim = a.length / rows;
  return Array.from({ length: rows }, (_, row) => {
    let sum = 0;
    for (let i = row * dim; i < (row + 1) * dim; i++) sum += (a[i] ?? Number.NaN) * (b[i] ?? Number.NaN);
    return sum;
  });
}
