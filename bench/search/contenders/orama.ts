import type { Contender } from "./contender.ts";

export const orama: Contender = {
  name: "@orama/orama",
  version: "3.1.18",
  takes: "f32",
  async open({ dim }) {
    const { create, insertMultiple, searchVector } = await import("@orama/orama");
    const database = create({ schema: { vector: `vector[${dim}]` } as const });
    return {
      async add({ firstRow, values }) {
        const documents = Array.from({ length: values.length / dim }, (_, row) => ({
          id: String(firstRow + row),
          vector: Array.from(values.subarray(row * dim, (row + 1) * dim)),
        }));
        await insertMultiple(database, documents, 1000);
      },
      async search(query, k) {
        // `similarity` is a threshold, 0.8 unless told: with it most queries would find nothing.
        const found = await searchVector(database, {
          mode: "vector",
          vector: { value: Array.from(query), property: "vector" },
          similarity: -1,
          limit: k,
          includeVectors: false,
        });
        return found.hits.map(({ id }) => Number(id));
      },
      bytes: () => null,
      close: () => undefined,
    };
  },
};
