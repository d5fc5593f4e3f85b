import type { BertConfig } from "./graphs/bert-config.ts";
import { layerNames, TABLES } from "./graphs/names.ts";
import { layerWeights } from "./graphs/reference-layer.ts";
import { openTables, type PublishedWeights } from "./published.ts";
import type { StoredWeights } from "./stored.ts";

/** A model's weights in float32, each matrix [outputs, inputs] as it is published, a little of it at a time. */
export interface ReferenceWeights {
  /** The vector of one word. */
  word(id: number): Promise<Float32Array>;
  /** The vectors of the first `count` places, with the first token type added. */
  places(count: number): Promise<Float32Array>;
  vector(name: string, length: number): Promise<Float32Array>;
  /** By the names of `layerWeights`. */
  layer(layer: number): Promise<ReadonlyMap<string, Float32Array>>;
}

export function publishedReference(config: BertConfig, weights: PublishedWeights): ReferenceWeights {
  const { words, places } = openTables(weights, config);
  return {
    word: (id) => words.read(id, id + 1),
    places: (count) => places.read(0, count),
    vector: (name, length) => weights.vector(name, length).read(),
    async layer(layer) {
      const read = new Map<string, Float32Array>();
      for (const { name, shape } of layerWeights(config)) {
        const published = name.replace("layer.0.", `layer.${layer}.`);
        const [rows = 1, columns] = shape;
        const tensor =
          columns === undefined ? weights.vector(published, rows) : weights.matrix(published, rows, columns);
        read.set(name, await tensor.read());
      }
      return read;
    },
  };
}

/** What `q8` and `q4` have kept: both store word vectors in 8 bits. */
export function storedReference(config: BertConfig, weights: StoredWeights): ReferenceWeights {
  const { hidden, vocabulary, positions } = config;
  const words = weights.integerTable(TABLES.words, vocabulary, hidden);
  const first = layerNames(0);
  return {
    async word(id) {
      const scale = words.scales[id] ?? 0;
      const row = words.values.subarray(id * hidden, (id + 1) * hidden);
      return Float32Array.from(row, (value) => value * scale);
    },
    places: (count) => Promise.resolve(weights.places(positions, hidden).subarray(0, count * hidden)),
    vector: (name, length) => Promise.resolve(weights.vector(name, length)),
    layer(layer) {
      const { qkv } = layerNames(layer);
      const matrix = weights.published(`${qkv}.weight`, hidden, 3 * hidden);
      const bias = weights.vector(`${qkv}.bias`, 3 * hidden);
      const read = new Map<string, Float32Array>();
      for (const { name, shape } of layerWeights(config)) {
        const stored = name.replace("layer.0.", `layer.${layer}.`);
        const [rows = 1, columns] = shape;
        const third = first.projections.findIndex((projection) => name.startsWith(`${projection}.`));
        if (third >= 0) {
          const all = columns === undefined ? bias : matrix;
          read.set(name, all.subarray((third * all.length) / 3, ((third + 1) * all.length) / 3));
        } else if (columns === undefined) read.set(name, weights.vector(stored, rows));
        else read.set(name, weights.published(stored, columns, rows));
      }
      return Promise.resolve(read);
    },
  };
}
