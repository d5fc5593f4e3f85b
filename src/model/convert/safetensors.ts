import { SextantError } from "../../contract/index.ts";

/** Element types that Sextant reads, with their size in bytes. */
const SIZE_OF = { F32: 4, F16: 2, I8: 1 } as const;
export type Dtype = keyof typeof SIZE_OF;

/** One stored tensor; `bytes` is a view into the file. */
export interface StoredTensor {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  /** Little-endian, row-major. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export type Tensors = ReadonlyMap<string, StoredTensor>;

/** The reference implementation refuses larger headers too. */
const MAX_HEADER_BYTES = 100_000_000;

/**
 * Reads a safetensors file without copying.
 *
 * Throws: `model/corrupt` when the header is no JSON object, names an unknown dtype, when a tensor's bytes do not
 * fit its shape, lie outside the file, overlap, or leave gaps.
 * Source: github.com/huggingface/safetensors, README "Format".
 */
export function readSafetensors(file: Uint8Array<ArrayBuffer>): Tensors {
  if (file.length < 8) throw corrupt("it is shorter than its header");
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const headerBytes = Number(view.getBigUint64(0, true));
  if (headerBytes > MAX_HEADER_BYTES || 8 + headerBytes > file.length) {
    throw corrupt("its header ends outside the file");
  }
  const body = file.subarray(8 + headerBytes);
  const entries = Object.entries(parseHeader(file.subarray(8, 8 + headerBytes)))
    .filter(([name]) => name !== "__metadata__")
    .map(([name, value]) => ({ name, ...parseEntry(name, value) }))
    .sort((a, b) => a.start - b.start);

  let expectedStart = 0;
  const tensors = new Map<string, StoredTensor>();
  for (const { name, dtype, shape, start, end } of entries) {
    if (start !== expectedStart) throw corrupt(`"${name}" overlaps its neighbour or leaves a gap`);
    if (end > body.length) throw corrupt(`"${name}" ends outside the file`);
    expectedStart = end;
    tensors.set(name, { dtype, shape, bytes: body.subarray(start, end) });
  }
  if (expectedStart !== body.length) throw corrupt("bytes follow its last tensor");
  return tensors;
}

function parseHeader(bytes: Uint8Array): object {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw corrupt("its header is no JSON", error);
  }
  if (!isObject(header)) throw corrupt("its header is no object");
  return header;
}

function parseEntry(name: string, entry: unknown) {
  if (!isObject(entry)) throw corrupt(`"${name}" has no description`);
  const { dtype, shape, data_offsets: offsets } = entry as Record<string, unknown>;
  if (!isDtype(dtype)) {
    throw new SextantError(
      "model/unsupported",
      `The weights "${name}" are stored as ${String(dtype)}, which this version cannot read. Use a model in F32, F16 or I8.`,
      { tensor: name },
    );
  }
  if (!isSizes(shape)) throw corrupt(`"${name}" has no valid shape`);
  if (!isSizes(offsets) || offsets.length !== 2) throw corrupt(`"${name}" has no valid place`);
  const [start = 0, end = 0] = offsets;
  const sizeBytes = shape.reduce((size, n) => size * n, SIZE_OF[dtype]);
  if (end - start !== sizeBytes) throw corrupt(`"${name}" does not fill its place`);
  return { dtype, shape, start, end };
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isDtype(value: unknown): value is Dtype {
  return typeof value === "string" && Object.hasOwn(SIZE_OF, value);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
}

function corrupt(what: string, cause?: unknown): SextantError {
  return new SextantError(
    "model/corrupt",
    `The model's weights cannot be used: ${what}. Load the model again.`,
    {},
    cause,
  );
}
