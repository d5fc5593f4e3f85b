import type { Contender } from "./contender.ts";

const M = 16;
const EF_CONSTRUCTION = 200;
const SEED = 100;

const rowsOf = (values: Float32Array, dim: number): Float32Array[] =>
  Array.from({ length: values.length / dim }, (_, row) => values.subarray(row * dim, (row + 1) * dim));

/** HNSW, compiled from C++. `efSearch` is how many candidates a query keeps. */
const hnswlib = (efSearch: number): Contender => ({
  name: `hnswlib-wasm, ef ${efSearch}`,
  version: "0.8.2",
  takes: "f32",
  needsBrowser: true,
  async open({ rows, dim }) {
    const { loadHnswlib } = await import("hnswlib-wasm");
    const library = await loadHnswlib();
    const index = new library.HierarchicalNSW("ip", dim, "");
    index.initIndex(rows, M, EF_CONSTRUCTION, SEED);
    index.setEfSearch(efSearch);
    return {
      add({ firstRow, values }) {
        for (const [row, vector] of rowsOf(values, dim).entries())
          index.addPoint(vector, firstRow + row, false);
      },
      search: (query, k) => index.searchKnn(query, k, undefined).neighbors,
      bytes: () => null,
      close: () => undefined,
    };
  },
});

/** HNSW in JavaScript, in memory. */
const mememo: Contender = {
  name: "mememo",
  version: "0.1.0",
  takes: "f32",
  needsBrowser: true,
  async open({ dim }) {
    const { HNSW } = await import("mememo");
    const index = new HNSW({
      distanceFunction: "cosine-normalized",
      m: M,
      efConstruction: EF_CONSTRUCTION,
      useIndexedDB: false,
      seed: SEED,
    });
    return {
      async add({ firstRow, values }) {
        const vectors = rowsOf(values, dim).map((vector) => Array.from(vector));
        const keys = vectors.map((_, row) => String(firstRow + row));
        await index.bulkInsert(keys, vectors);
      },
      search: async (query, k) => (await index.query(Array.from(query), k)).keys.map(Number),
      bytes: () => null,
      close: () => undefined,
    };
  },
};

/** A k-d tree, compiled from Rust. */
const voy: Contender = {
  name: "voy-search",
  version: "0.6.3",
  takes: "f32",
  needsBrowser: true,
  async open({ dim }) {
    // Its own entry imports WebAssembly as a module, which needs a bundler's plugin.
    const [bindings, { default: url }] = await Promise.all([
      import("voy-search/voy_search_bg.js"),
      import("voy-search/voy_search_bg.wasm?url"),
    ]);
    const imports = { "./voy_search_bg.js": bindings as unknown as WebAssembly.ModuleImports };
    const { instance } = await WebAssembly.instantiateStreaming(fetch(url), imports);
    bindings.__wbg_set_wasm(instance.exports);
    const index = new bindings.Voy();
    return {
      add({ firstRow, values }) {
        const embeddings = rowsOf(values, dim).map((vector, row) => {
          const id = String(firstRow + row);
          return { id, title: "", url: "", embeddings: Array.from(vector) };
        });
        index.add({ embeddings });
      },
      search: (query, k) => index.search(query, k).neighbors.map(({ id }) => Number(id)),
      bytes: () => null,
      close: () => index.free(),
    };
  },
};

export const GRAPHS: readonly Contender[] = [hnswlib(50), hnswlib(200), voy, mememo];
