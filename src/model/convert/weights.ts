import { fromHalf } from "../../base/half.ts";
import { SextantError } from "../../contract/index.ts";
import { expandRows, quantizeRows, type QuantizedRows } from "./quantize.ts";
import type { StoredTensor, Tensors } from "./safetensors.ts";

/** Gives the weights of a checkpoint in the form in which a graph wants them, however they are stored. */
export interface Weights {
  shape(name: string): readonly number[];
  float(name: string): Float32Array;
  rows(name: string): QuantizedRows;
}

/** The row scales of an 8-bit matrix are stored beside it under this ending. */
export const SCALE_SUFFIX = ".scale";

/** Throws: `model/unsupported` when a tensor that is asked for is missing. */
export function openWeights(tensors: Tensors): Weights {
  function find(name: string): StoredTensor {
    const tensor = tensors.get(name);
    if (tensor !== undefined) return tensor;
    throw new SextantError(
      "model/unsupported",
      `The model has no weights called "${name}", so it is not of the kind that Sextant runs. Choose another model.`,
      { tensor: name },
    );
  }
  function stored(name: string): QuantizedRows | Float32Array {
    const { dtype, bytes } = find(name);
    // Typed arrays must start at a multiple of their element size; a view into a file need not.
    const { buffer, byteOffset, byteLength } = byteAligned(bytes);
    if (dtype === "F32") return new Float32Array(buffer, byteOffset, byteLength / 4);
    if (dtype === "F16") return fromHalf(new Uint16Array(buffer, byteOffset, byteLength / 2));
    const scales = stored(name + SCALE_SUFFIX);
    if (!(scales instanceof Float32Array)) throw new TypeError(`${name}${SCALE_SUFFIX} must be float`);
    return { values: new Int8Array(buffer, byteOffset, byteLength), scales };
  }
  return {
    shape: (name) => find(name).shape,
    float(name) {
      const tensor = stored(name);
      return tensor instanceof Float32Array ? tensor : expandRows(tensor);
    },
    rows(name) {
      const tensor = stored(name);
      return tensor instanceof Float32Array ? quantizeRows(tensor, find(name).shape[0] ?? 1) : tensor;
    },
  };
}

function byteAligned(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
}
