import { fromHalf } from "../../../base/half.ts";

interface ElementType {
  readonly sizeBytes: number;
  /** Widens or rounds little-endian elements to float32; `bytes` starts at a multiple of 8 and is not kept. */
  readonly toFloat: (bytes: Uint8Array<ArrayBuffer>) => Float32Array;
}

/** Element types that can be read, by their safetensors name. */
export const ELEMENT_TYPES = {
  F32: typed(Float32Array),
  F16: { sizeBytes: 2, toFloat: (bytes) => fromHalf(viewed(Uint16Array, bytes)) },
  BF16: { sizeBytes: 2, toFloat: fromBrain },
  F64: typed(Float64Array),
  I64: { sizeBytes: 8, toFloat: (bytes) => Float32Array.from(viewed(BigInt64Array, bytes), Number) },
  I32: typed(Int32Array),
  I16: typed(Int16Array),
  I8: typed(Int8Array),
  U8: typed(Uint8Array),
  BOOL: typed(Uint8Array),
} satisfies Record<string, ElementType>;

export type ElementTypeName = keyof typeof ELEMENT_TYPES;

export function isElementType(name: unknown): name is ElementTypeName {
  return typeof name === "string" && Object.hasOwn(ELEMENT_TYPES, name);
}

interface Elements<T> {
  new (buffer: ArrayBuffer, offset: number, length: number): T;
  readonly BYTES_PER_ELEMENT: number;
}

function typed(Type: Elements<ArrayLike<number>>): ElementType {
  return {
    sizeBytes: Type.BYTES_PER_ELEMENT,
    toFloat: (bytes) => {
      const elements = viewed(Type, bytes);
      return elements instanceof Float32Array ? elements : Float32Array.from(elements);
    },
  };
}

/** bfloat16 is the upper half of a float32. */
function fromBrain(bytes: Uint8Array<ArrayBuffer>): Float32Array {
  const upper = viewed(Uint16Array, bytes);
  const bits = new Uint32Array(upper.length);
  for (let i = 0; i < upper.length; i++) bits[i] = (upper[i] ?? 0) << 16;
  return new Float32Array(bits.buffer);
}

function viewed<T>(Type: Elements<T>, bytes: Uint8Array<ArrayBuffer>): T {
  return new Type(bytes.buffer, bytes.byteOffset, bytes.length / Type.BYTES_PER_ELEMENT);
}
