import type { TensorInfo } from "./checkpoint.ts";
import { ELEMENT_TYPES, isElementType, type ElementTypeName } from "./element-types.ts";
import { readExactly, type NamedSource } from "./read-elements.ts";
import { corruptFile, unsupportedFile } from "./refusal.ts";

/** One tensor of a safetensors file; `startByte` counts from the file's start. */
export interface PlacedTensor extends TensorInfo {
  readonly dtype: ElementTypeName;
  readonly startByte: number;
}

/** The reference implementation refuses larger headers too. */
const MAX_HEADER_BYTES = 100_000_000;

/**
 * Reads where the tensors of a safetensors file lie, in that order, and nothing else of it.
 *
 * Throws: `model/corrupt` when the header is no JSON object, when a tensor's bytes do not fit its shape, lie outside
 * the file, overlap, or leave gaps; `model/unsupported` for element types that cannot be read.
 * Source: github.com/huggingface/safetensors, README "Format".
 */
export async function readSafetensorsHeader(source: NamedSource): Promise<ReadonlyMap<string, PlacedTensor>> {
  const { path, sizeBytes } = source;
  if (sizeBytes < 8) throw corruptFile(path, "it is shorter than its header");
  const length = new DataView((await readExactly(source, 0, 8)).buffer).getBigUint64(0, true);
  const bodyStart = 8 + Number(length);
  if (length > MAX_HEADER_BYTES || bodyStart > sizeBytes) {
    throw corruptFile(path, "its header ends outside the file");
  }
  const header = parseHeader(path, await readExactly(source, 8, bodyStart));
  const entries = Object.entries(header)
    .filter(([name]) => name !== "__metadata__")
    .map(([name, entry]) => parseEntry(path, name, entry))
    .sort((a, b) => a.start - b.start || a.end - b.end);

  const tensors = new Map<string, PlacedTensor>();
  let expectedStart = 0;
  for (const { name, dtype, shape, start, end } of entries) {
    if (start !== expectedStart)
      throw corruptFile(path, `"${name}" overlaps its neighbour or leaves a gap`, name);
    if (end > sizeBytes - bodyStart) throw corruptFile(path, `"${name}" ends outside the file`, name);
    tensors.set(name, { name, dtype, shape, startByte: bodyStart + start });
    expectedStart = end;
  }
  if (bodyStart + expectedStart !== sizeBytes) throw corruptFile(path, "bytes follow its last tensor");
  return tensors;
}

function parseHeader(path: string, bytes: Uint8Array): object {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw corruptFile(path, "its header is no JSON", undefined, error);
  }
  if (!isObject(header)) throw corruptFile(path, "its header is no object");
  return header;
}

function parseEntry(path: string, name: string, entry: unknown) {
  if (!isObject(entry)) throw corruptFile(path, `"${name}" has no description`, name);
  const { dtype, shape, data_offsets: offsets } = entry as Record<string, unknown>;
  if (typeof dtype !== "string") throw corruptFile(path, `"${name}" has no element type`, name);
  if (!isElementType(dtype)) {
    const advice = "Use a copy of the model in F32, F16 or BF16.";
    throw unsupportedFile(path, `"${name}" is stored as ${dtype.slice(0, 40)}`, advice, name);
  }
  if (!isSizes(shape)) throw corruptFile(path, `"${name}" has no valid shape`, name);
  if (!isSizes(offsets) || offsets.length !== 2)
    throw corruptFile(path, `"${name}" has no valid place`, name);
  const [start = 0, end = 0] = offsets;
  const sizeBytes = shape.reduce((size, n) => size * n, ELEMENT_TYPES[dtype].sizeBytes);
  if (end - start !== sizeBytes)
    throw corruptFile(path, `"${name}" does not fill its place as ${dtype}`, name);
  return { name, dtype, shape, start, end };
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
}
