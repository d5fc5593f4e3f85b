import type { Chunk, Contender } from "./contender.ts";

/** What one writes without a library: one loop over Float32Arrays, then a sort. Casts rather than `?? 0` keep it fast. */
export const plainLoop: Contender = {
  name: "plain loop",
  takes: "f32",
  open({ rows, dim }) {
    const chunks: Chunk[] = [];
    return {
      add: (chunk) => void chunks.push({ ...chunk, values: chunk.values.slice() }),
      search(query, k) {
        const scores = new Float32Array(rows);
        for (const { firstRow, values } of chunks) {
          for (let row = 0; row < values.length / dim; row++) {
            let sum = 0;
            const from = row * dim;
            for (let i = 0; i < dim; i++) sum += (query[i] as number) * (values[from + i] as number);
            scores[firstRow + row] = sum;
          }
        }
        const order = Array.from(scores.keys());
        return order.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0)).slice(0, k);
      },
      bytes: () => rows * dim * 4,
      scannedBytes: rows * dim * 4,
      close: () => chunks.splice(0),
    };
  },
};
