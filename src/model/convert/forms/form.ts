import type { Dtype } from "../../../contract/index.ts";
import type { Graph, Value } from "../onnx/graph.ts";
import type { StoredTensor } from "../onnx/read.ts";
import type { Published } from "../published.ts";

/** A weight of a stored model by its name. Throws: `model/corrupt` when it is missing or not as a form stores it. */
export type Find = (name: string, type: StoredTensor["type"], shape: readonly number[]) => StoredTensor;

/** How one precision stores matrices in an ONNX file, computes with them there, and gives them back. */
export interface Form {
  readonly dtype: Dtype;
  /** Stores a matrix [out, in] and multiplies `x` f32[…, in] with it. */
  linear(g: Graph, name: string, matrix: Published, x: Value): Value;
  /** Stores the word vectors and looks `ids` up: f32[…, columns]. */
  words(g: Graph, name: string, table: Published, ids: Value): Value;
  /** How the table of positions is stored. */
  readonly places: "float32" | "float16";
  /** float32 [inputs, outputs], as MatMul wants it. */
  matrix(find: Find, name: string, inputs: number, outputs: number): Float32Array;
  /** The same as it was published: [outputs, inputs]. */
  published(find: Find, name: string, inputs: number, outputs: number): Float32Array;
  /** float32 [rows, columns]. */
  table(find: Find, name: string, rows: number, columns: number): Float32Array;
}

/** Rows that are read, rounded and written at a time: 3 MB of float32 at 768 columns. */
const ROWS_AT_A_TIME = 1024;

/** Stores a table piece by piece as it is read. */
export function storeRows(
  g: Graph,
  name: string,
  type: "float32" | "float16" | "int8",
  table: Published,
  toBytes: (values: Float32Array, from: number) => Uint8Array,
): Value {
  return g.deferred(name, type, [table.rows, table.columns], async function* () {
    for (let from = 0; from < table.rows; from += ROWS_AT_A_TIME) {
      yield toBytes(await table.read(from, Math.min(table.rows, from + ROWS_AT_A_TIME)), from);
    }
  });
}

/** Stores what is made of a tensor as a whole. */
export async function* whole(made: Promise<Uint8Array>): AsyncIterable<Uint8Array> {
  yield await made;
}

/** A copy only where the place in the file does not suit the element size. */
export function floatsOf({ data }: StoredTensor): Float32Array {
  const { buffer, byteOffset, byteLength } = aligned(data, 4);
  return new Float32Array(buffer, byteOffset, byteLength / 4);
}

export function halvesOf({ data }: StoredTensor): Uint16Array {
  const { buffer, byteOffset, byteLength } = aligned(data, 2);
  return new Uint16Array(buffer, byteOffset, byteLength / 2);
}

export function integersOf({ data }: StoredTensor): Int8Array {
  return new Int8Array(data.buffer, data.byteOffset, data.byteLength);
}

function aligned(bytes: Uint8Array<ArrayBuffer>, elementBytes: number): Uint8Array<ArrayBuffer> {
  return bytes.byteOffset % elementBytes === 0 ? bytes : bytes.slice();
}
