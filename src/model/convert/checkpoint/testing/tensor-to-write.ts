import { toHalf } from "../../../../base/half.ts";

/** A tensor by description, its values made only when they are written. */
export interface TensorToWrite {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: "F32" | "F16" | "BF16" | "I64";
  /** Row-major; rounded to `dtype` on the way. */
  readonly values: () => Float32Array;
}

const ELEMENT_BYTES = { F32: 4, F16: 2, BF16: 2, I64: 8 } as const;

export const elementBytes = (dtype: TensorToWrite["dtype"]) => ELEMENT_BYTES[dtype];

export const elementCount = (shape: readonly number[]) => shape.reduce((count, n) => count * n, 1);

/** The tensor's bytes as both formats store them: little-endian, row-major. */
export function encodeTensor({ name, shape, dtype, values }: TensorToWrite): Uint8Array {
  const floats = values();
  if (floats.length !== elementCount(shape)) {
    throw new RangeError(`"${name}" has ${floats.length} values, its shape asks for ${elementCount(shape)}`);
  }
  const stored = toStored(floats, dtype);
  return new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength);
}

function toStored(floats: Float32Array, dtype: TensorToWrite["dtype"]) {
  switch (dtype) {
    case "F32":
      return floats;
    case "F16":
      return toHalf(floats);
    case "BF16":
      return toBrain(floats);
    case "I64":
      return BigInt64Array.from(floats, (value) => BigInt(Math.round(value)));
    default:
      return dtype satisfies never;
  }
}

/** Rounds to bfloat16 bits, to nearest even; infinity and NaN stay. */
function toBrain(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  return Uint16Array.from(bits, (x) =>
    (x & 0x7fffffff) >= 0x7f800000
      ? (x >>> 16) | (x & 0xffff ? 0x40 : 0)
      : (x + 0x7fff + ((x >>> 16) & 1)) >>> 16,
  );
}
