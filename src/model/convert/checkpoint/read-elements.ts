import type { ByteSource } from "../../../base/byte-source.ts";
import { SextantError, toSextantError } from "../../../contract/index.ts";
import { ELEMENT_TYPES, type ElementTypeName } from "./element-types.ts";
import { corruptFile } from "./refusal.ts";

/** A file and what it is called in messages. */
export interface NamedSource extends ByteSource {
  readonly path: string;
}

/** Elements that lie one after the other in a file. */
export interface ElementRun {
  readonly dtype: ElementTypeName;
  readonly startByte: number;
  readonly count: number;
}

/** Elements that are converted are read in slices of this size, so that the stored form is never held as a whole. */
const SLICE_BYTES = 4 * 2 ** 20;

/**
 * Reads [start, end) or fails.
 *
 * Throws: `model/corrupt` when they are not in the file, `model/not-found` when it can no longer be read.
 */
export async function readExactly(
  source: NamedSource,
  start: number,
  end: number,
): Promise<Uint8Array<ArrayBuffer>> {
  if (!(start >= 0 && start <= end && end <= source.sizeBytes)) {
    throw corruptFile(source.path, "it ends too early or points outside itself");
  }
  const bytes = await source.read(start, end).catch((error: unknown) => {
    const known = toSextantError(error, "model/not-found");
    if (known === error || known.code !== "model/not-found") throw known;
    throw new SextantError(
      "model/not-found",
      `"${source.path}" can no longer be read. Choose or load the model again.`,
      { file: source.path },
      error,
    );
  });
  if (bytes.length !== end - start) throw corruptFile(source.path, "it ends too early");
  return bytes;
}

/** Reads elements as float32; `onBytes` sees the stored bytes in order. */
export async function readElements(
  source: NamedSource,
  { dtype, startByte, count }: ElementRun,
  onBytes?: (bytes: Uint8Array) => void,
): Promise<Float32Array> {
  const { sizeBytes, toFloat } = ELEMENT_TYPES[dtype];
  const read = async (from: number, to: number) => {
    const bytes = await readExactly(source, startByte + from * sizeBytes, startByte + to * sizeBytes);
    onBytes?.(bytes);
    return toFloat(bytes.byteOffset % 8 === 0 ? bytes : bytes.slice());
  };
  const slice = SLICE_BYTES / sizeBytes;
  if (dtype === "F32" || count <= slice) return read(0, count);
  const values = new Float32Array(count);
  for (let from = 0; from < count; from += slice) {
    values.set(await read(from, Math.min(from + slice, count)), from);
  }
  return values;
}
