import type { Checkpoint } from "../checkpoint/checkpoint.ts";

export interface MemoryTensor {
  readonly name: string;
  readonly shape: readonly number[];
  values(): Float32Array;
}

/** Weights that are made when they are read, in place of a published file; the latest tensor is kept for its next rows. */
export function createMemoryCheckpoint(tensors: Iterable<MemoryTensor>): Checkpoint {
  const byName = new Map([...tensors].map((tensor) => [tensor.name, { ...tensor, dtype: "F32" }]));
  let latest: { readonly name: string; readonly values: Float32Array } | null = null;
  return {
    tensors: byName,
    path: "model.safetensors",
    sizeBytes: 0,
    async readFloat(name, rows) {
      const tensor = byName.get(name);
      if (!tensor) throw new RangeError(`no tensor ${name}`);
      const columns = tensor.shape.slice(1).reduce((product, size) => product * size, 1);
      if (latest?.name !== name) latest = { name, values: tensor.values() };
      const { values } = latest;
      return rows === undefined ? values : values.slice(rows.from * columns, rows.to * columns);
    },
  };
}
