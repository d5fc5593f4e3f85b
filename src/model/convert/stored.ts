import { isDtype, SextantError, type Dtype } from "../../contract/index.ts";
import { FORMS } from "./forms/index.ts";
import { floatsOf, halvesOf, type Find } from "./forms/form.ts";
import { readMatrix, readTable } from "./forms/q8.ts";
import { fromHalf } from "../../base/half.ts";
import { METADATA_KEY } from "./graphs/exported-bert.ts";
import { TABLES } from "./graphs/names.ts";
import { readOnnx, type StoredTensor } from "./onnx/read.ts";
import type { QuantizedRows } from "./quantize.ts";

/** The weights of a file that Sextant wrote, in the form in which a run-time graph wants them. */
export interface StoredWeights {
  readonly dtype: Dtype;
  vector(name: string, length: number): Float32Array;
  /** f32[positions, hidden]. */
  places(positions: number, hidden: number): Float32Array;
  /** As they lie in the file. */
  raw: Find;
  /** f32[inputs, outputs]; a view into the file where it can be one. */
  matrix(name: string, inputs: number, outputs: number): Float32Array;
  /** The same as it was published: f32[outputs, inputs]. */
  published(name: string, inputs: number, outputs: number): Float32Array;
  table(name: string, rows: number, columns: number): Float32Array;
  /** 8-bit weights as they lie in a `q8` file. */
  integers(name: string, inputs: number, outputs: number): QuantizedRows;
  /** 8-bit word vectors as they lie in a `q8` or `q4` file. */
  integerTable(name: string, rows: number, columns: number): QuantizedRows;
}

/**
 * Reads a file that Sextant wrote.
 *
 * Throws: `model/corrupt` when it is no ONNX file, or a weight is missing or of another shape than it is asked for with;
 * `model/unsupported` when another program wrote it.
 */
export function openStored(file: Uint8Array<ArrayBuffer>, path: string): StoredWeights {
  const { tensors, metadata } = readOnnx(file, path);
  const dtype = parseDtype(metadata.get(METADATA_KEY), path);
  const form = FORMS[dtype];
  const find: Find = (name, type, shape) => {
    const tensor = tensors.get(name);
    if (tensor !== undefined && fits(tensor, type, shape)) return tensor;
    const found = tensor === undefined ? "missing" : `${tensor.type} [${tensor.shape.join(", ")}]`;
    throw new SextantError(
      "model/corrupt",
      `${path} does not fit config.json: "${name}" should be ${type} [${shape.join(", ")}] and is ${found}. Convert the model again.`,
      { path, tensor: name },
    );
  };
  return {
    dtype,
    raw: find,
    vector: (name, length) => floatsOf(find(name, "float32", [length])),
    places(positions, hidden) {
      const tensor = find(TABLES.places, form.places, [positions, hidden]);
      return form.places === "float32" ? floatsOf(tensor) : fromHalf(halvesOf(tensor));
    },
    matrix: (name, inputs, outputs) => form.matrix(find, name, inputs, outputs),
    published: (name, inputs, outputs) => form.published(find, name, inputs, outputs),
    table: (name, rows, columns) => form.table(find, name, rows, columns),
    integers: (name, inputs, outputs) => readMatrix(find, name, inputs, outputs),
    integerTable: (name, rows, columns) => readTable(find, name, rows, columns),
  };
}

function fits(tensor: StoredTensor, type: StoredTensor["type"], shape: readonly number[]): boolean {
  return (
    tensor.type === type &&
    tensor.shape.length === shape.length &&
    shape.every((size, axis) => size === tensor.shape[axis])
  );
}

function parseDtype(json: string | undefined, path: string): Dtype {
  let stated: unknown;
  try {
    stated = JSON.parse(json ?? "null");
  } catch {
    stated = null;
  }
  const { format, dtype } = (stated ?? {}) as { format?: unknown; dtype?: unknown };
  if (format === 1 && isDtype(dtype)) return dtype;
  throw new SextantError(
    "model/unsupported",
    `${path} was not written by this version of Sextant. Convert the model from its published weights.`,
    { path },
  );
}
