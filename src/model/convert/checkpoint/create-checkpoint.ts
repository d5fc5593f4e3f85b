import type { ByteSource } from "../../../base/byte-source.ts";
import type { Checkpoint, RowRange, StoredTensors, TensorInfo } from "./checkpoint.ts";
import { corruptFile } from "./refusal.ts";

/** Puts what holds for every file format, missing tensors and values that are not finite, around one format's reader. */
export function createCheckpoint<T extends TensorInfo>(
  path: string,
  source: ByteSource,
  stored: StoredTensors<T>,
): Checkpoint {
  return {
    tensors: stored.tensors,
    path,
    sizeBytes: source.sizeBytes,
    async readFloat(name, rows) {
      const tensor = stored.tensors.get(name);
      if (tensor === undefined) throw corruptFile(path, `the tensor "${name}" is missing`, name);
      if (rows !== undefined) checkRows(tensor, rows);
      const values = await stored.read(tensor, rows);
      const bad = firstNotFinite(values);
      if (bad !== -1) {
        throw corruptFile(path, `the tensor "${name}" holds ${values[bad]} as a value`, name);
      }
      return values;
    },
  };
}

function checkRows({ name, shape }: TensorInfo, { from, to }: RowRange): void {
  const inside = Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from <= to;
  if (!inside || shape[0] === undefined || to > shape[0]) {
    throw new RangeError(`"${name}" of shape [${shape.join(", ")}] has no rows ${from} to ${to}`);
  }
}

function firstNotFinite(values: Float32Array): number {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return i;
  return -1;
}
