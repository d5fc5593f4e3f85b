import { create, insertMultiple, searchVector } from "@orama/orama";
import { toHalf } from "../../src/base/half.ts";
import type { Kernel } from "../../src/contract/index.ts";
import { KERNELS } from "../../src/vectors/index.ts";

/** Rows of the best `k`, best first. */
export type Search = (query: Float32Array, k: number) => Promise<readonly number[]> | readonly number[];

/** One way to search: `build` takes vectors f32[rows, dim] and may keep them. */
export interface Contender {
  readonly name: string;
  readonly version?: string;
  build(vectors: Float32Array, dim: number): Promise<Search> | Search;
}

const kernelContender = (name: string, createKernel: (dim: number) => Kernel): Contender => ({
  name,
  build(vectors, dim) {
    const kernel = createKernel(dim);
    kernel.append(toHalf(vectors));
    return async (query, k) => [...(await kernel.search(query, k)).top.rows];
  },
});

/** What one writes without a library: one loop over one array, then a sort. Casts rather than `?? 0` keep it fast. */
const plainLoop: Contender = {
  name: "plain-loop",
  build(vectors, dim) {
    return (query, k) => {
      const scores = new Float32Array(vectors.length / dim);
      for (let row = 0; row < scores.length; row++) {
        let sum = 0;
        const from = row * dim;
        for (let i = 0; i < dim; i++) sum += (query[i] as number) * (vectors[from + i] as number);
        scores[row] = sum;
      }
      const rows = Array.from(scores.keys());
      return rows.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0)).slice(0, k);
    };
  },
};

const orama: Contender = {
  name: "orama",
  version: "3.1.18",
  async build(vectors, dim) {
    const database = create({ schema: { vector: `vector[${dim}]` } as const });
    const documents = Array.from({ length: vectors.length / dim }, (_, row) => ({
      id: String(row),
      vector: Array.from(vectors.subarray(row * dim, (row + 1) * dim)),
    }));
    await insertMultiple(database, documents, 1000);
    return async (query, k) => {
      // `similarity` is a threshold, 0.8 unless told: with it most queries would find nothing.
      const found = await searchVector(database, {
        mode: "vector",
        vector: { value: Array.from(query), property: "vector" },
        similarity: -1,
        limit: k,
        includeVectors: false,
      });
      return found.hits.map(({ id }) => Number(id));
    };
  },
};

export const CONTENDERS: readonly Contender[] = [
  kernelContender("wasm", KERNELS.wasm),
  kernelContender("reference", KERNELS.reference),
  plainLoop,
  orama,
];
