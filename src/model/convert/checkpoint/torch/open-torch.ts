import type { RowRange, StoredTensors, TensorInfo } from "../checkpoint.ts";
import { crc32 } from "../crc32.ts";
import { ELEMENT_TYPES, type ElementTypeName } from "../element-types.ts";
import { readElements, readExactly, type NamedSource } from "../read-elements.ts";
import { corruptFile, unsupportedFile } from "../refusal.ts";
import type { Tensor } from "./pickle-values.ts";
import { findStateDict } from "./state-dict.ts";
import { elementCount, gather, isContiguous, rowsOf, spanOf, type View } from "./strided.ts";
import { unpickle } from "./unpickle.ts";
import { listArchive, locateEntry, type ArchiveEntry } from "./zip-archive.ts";

/** A tensor of a PyTorch checkpoint and the entry that its storage is. */
export interface TorchTensor extends TensorInfo {
  readonly dtype: ElementTypeName;
  readonly view: View;
  readonly entry: ArchiveEntry;
}

/** BERT-base's has 20 kB. */
const MAX_PICKLE_BYTES = 8 * 2 ** 20;
/** A view that is read through its gaps reads at most so many times its own size. */
const MAX_GAPS = 16;
/** `torch.save` before 1.6: a pickle of protocol 2 with this number. Source: torch/serialization.py `MAGIC_NUMBER`. */
const LEGACY_HEAD = "80028a0a6cfc9c46f9206aa85019";

/**
 * Opens a checkpoint of torch 1.6 or later: a zip file of a pickle that describes the tensors, and their storages.
 *
 * Throws: `model/unsupported` for older files, big-endian ones, and pickles that ask for more than tensors;
 * `model/corrupt` for all that does not fit together.
 * Source: pytorch/torch/serialization.py `_load`.
 */
export async function openTorch(source: NamedSource): Promise<StoredTensors<TorchTensor>> {
  const { path } = source;
  const head = await readExactly(source, 0, Math.min(14, source.sizeBytes));
  const hex = Array.from(head, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (hex === LEGACY_HEAD) {
    throw unsupportedFile(
      path,
      "it was saved by a torch older than 1.6 or in its old format",
      "Load it in torch and save it again, or use the model's safetensors file.",
    );
  }
  const entries = await listArchive(source);
  const pickles = [...entries.keys()].filter((name) => /^[^/]+\/data\.pkl$/.test(name));
  const [pickleName = ""] = pickles;
  const pickle = entries.get(pickleName);
  if (pickle === undefined || pickles.length > 1) throw corruptFile(path, "it is no PyTorch checkpoint");
  const folder = pickleName.slice(0, -"data.pkl".length);
  await checkByteOrder(source, entries.get(`${folder}byteorder`));
  const value = unpickle(path, await readSmall(source, pickle, MAX_PICKLE_BYTES));
  const tensors = new Map<string, TorchTensor>();
  for (const [name, tensor] of findStateDict(path, value)) {
    tensors.set(name, placeTensor(path, name, tensor, entries.get(`${folder}data/${tensor.storage.key}`)));
  }
  return { tensors, read: (tensor, rows) => readTensor(source, tensor, rows) };
}

async function checkByteOrder(source: NamedSource, entry: ArchiveEntry | undefined): Promise<void> {
  if (entry === undefined) return;
  const order = new TextDecoder().decode(await readSmall(source, entry, 64));
  if (order === "little") return;
  throw unsupportedFile(
    source.path,
    `its byte order is "${order}"`,
    "Save it again on a little-endian machine.",
  );
}

async function readSmall(
  source: NamedSource,
  entry: ArchiveEntry,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  if (entry.sizeBytes > maxBytes) throw corruptFile(source.path, `"${entry.name}" is too large`);
  const start = await locateEntry(source, entry);
  const bytes = await readExactly(source, start, start + entry.sizeBytes);
  checkSum(source.path, entry, crc32(bytes));
  return bytes;
}

function checkSum(path: string, entry: ArchiveEntry, sum: number): void {
  if (sum !== entry.crc32) throw corruptFile(path, `"${entry.name}" in it is damaged`);
}

function placeTensor(
  path: string,
  name: string,
  { storage, offset, shape, strides }: Tensor,
  entry: ArchiveEntry | undefined,
): TorchTensor {
  const { dtype, count } = storage;
  if (entry === undefined) throw corruptFile(path, `the storage of "${name}" is missing`, name);
  if (entry.sizeBytes !== count * ELEMENT_TYPES[dtype].sizeBytes) {
    throw corruptFile(path, `the storage of "${name}" does not hold ${count} elements of ${dtype}`, name);
  }
  const view = { offset, shape, strides };
  const [elements, span] = [elementCount(shape), spanOf(view)];
  if (!(offset + span <= count && elements <= count)) {
    throw corruptFile(path, `"${name}" reaches beyond its storage`, name);
  }
  if (!isContiguous(view) && span > MAX_GAPS * elements) {
    throw unsupportedFile(
      path,
      `"${name}" is spread over a much larger tensor`,
      "Save the model again with every tensor made contiguous.",
      name,
    );
  }
  return { name, dtype, shape, view, entry };
}

/** A storage that is read as a whole is checked against the archive's checksum. */
async function readTensor(
  source: NamedSource,
  { dtype, view: whole, entry }: TorchTensor,
  rows: RowRange | undefined,
): Promise<Float32Array> {
  const view = rows === undefined ? whole : rowsOf(whole, rows);
  const { sizeBytes } = ELEMENT_TYPES[dtype];
  const run = {
    dtype,
    startByte: (await locateEntry(source, entry)) + view.offset * sizeBytes,
    count: spanOf(view),
  };
  let sum = 0;
  const isWhole = run.count * sizeBytes === entry.sizeBytes;
  const span = await readElements(source, run, isWhole ? (bytes) => (sum = crc32(bytes, sum)) : undefined);
  if (isWhole) checkSum(source.path, entry, sum);
  return isContiguous(view) ? span : gather(span, view);
}
