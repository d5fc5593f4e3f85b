import { fromHalf, toHalf } from "../../src/base/half.ts";
import { createRng, type Rng } from "../../src/base/rng.ts";
import { drawCentres, drawVectors } from "./clustered-vectors.ts";

/** Rows in one piece: an array of all would be longer than browsers allow. */
export const CHUNK_ROWS = 10_000;

const CLUSTERS = 100;

/** Vectors as storage keeps them. f16 bits[rows, dim] in chunks of `CHUNK_ROWS`, queries f32[queries, dim]. */
export interface Workload {
  readonly name: string;
  readonly rows: number;
  readonly dim: number;
  readonly chunks: readonly Uint16Array[];
  readonly queries: Float32Array;
}

/** Seeded unit vectors in 100 clusters, queries from the same clusters. */
export function drawWorkload(rows: number, dim: number, queries: number, seed: number): Workload {
  const rng: Rng = createRng(seed);
  const centres = drawCentres(rng, CLUSTERS, dim);
  const asked = drawVectors(rng, centres, queries);
  const chunks: Uint16Array[] = [];
  for (let row = 0; row < rows; row += CHUNK_ROWS)
    chunks.push(toHalf(drawVectors(rng, centres, Math.min(CHUNK_ROWS, rows - row))));
  return { name: `clustered-${rows}x${dim}`, rows, dim, chunks, queries: asked };
}

/** What embed-corpus.ts wrote: keys.f32, queries.f32 and made-by.json below `url`. */
export async function fetchWorkload(url: string, queries: number): Promise<Workload> {
  const read = async (name: string) => {
    const response = await fetch(`${url}${name}`);
    if (!response.ok) throw new Error(`There is no ${name}; make it with bench/search/embed-corpus.ts.`);
    return response;
  };
  const floats = async (name: string) => new Float32Array(await (await read(name)).arrayBuffer());
  const { model, dim } = (await (await read("made-by.json")).json()) as {
    readonly model: string;
    readonly dim: number;
  };
  const keys = await floats("keys.f32");
  const rows = keys.length / dim;
  const chunks: Uint16Array[] = [];
  for (let row = 0; row < rows; row += CHUNK_ROWS)
    chunks.push(toHalf(keys.subarray(row * dim, (row + CHUNK_ROWS) * dim)));
  const asked = (await floats("queries.f32")).slice(0, queries * dim);
  return { name: `${model}-${rows}x${dim}`, rows, dim, chunks, queries: asked };
}

/** The best `k` rows of each query by float64 sums over the vectors as they are stored. */
export function exactAnswers({ chunks, queries, dim }: Workload, count: number, k: number): number[][] {
  let best: { readonly row: number; readonly score: number }[][] = Array.from({ length: count }, () => []);
  for (const [c, bits] of chunks.entries()) {
    const values = fromHalf(bits);
    best = best.map((list, q) => {
      const query = Float64Array.from(queries.subarray(q * dim, (q + 1) * dim));
      let bar = list.length === k ? (list.at(-1)?.score ?? -Infinity) : -Infinity;
      const next = [...list];
      for (let row = 0; row < values.length / dim; row++) {
        let sum = 0;
        const from = row * dim;
        for (let i = 0; i < dim; i++) sum += (values[from + i] as number) * (query[i] as number);
        if (sum <= bar) continue;
        next.push({ row: c * CHUNK_ROWS + row, score: sum });
        if (next.length < 8 * k) continue;
        next.sort((a, b) => b.score - a.score || a.row - b.row);
        next.length = k;
        bar = next.at(-1)?.score ?? -Infinity;
      }
      return next.sort((a, b) => b.score - a.score || a.row - b.row).slice(0, k);
    });
  }
  return best.map((list) => list.map(({ row }) => row));
}
