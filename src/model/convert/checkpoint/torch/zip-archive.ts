import { ZipReader, type Entry } from "@zip.js/zip.js/lib/zip-core-reader.js";
import { isSextantError } from "../../../../contract/index.ts";
import { readExactly, type NamedSource } from "../read-elements.ts";
import { corruptFile, unsupportedFile } from "../refusal.ts";

/** One file of an archive; its bytes lie in the archive as they are. */
export interface ArchiveEntry {
  readonly name: string;
  readonly sizeBytes: number;
  readonly crc32: number;
  /** Where its local header starts. */
  readonly headerByte: number;
}

/** A tensor each, a few more; zip files cannot be held to less by their format. */
const MAX_ENTRIES = 100_000;
/** The directory of the largest number of entries fits. */
const MAX_DIRECTORY_BYTES = 32 * 2 ** 20;
const LOCAL_HEADER_BYTES = 30;

/**
 * Lists an archive's files by name without reading them.
 *
 * Throws: `model/corrupt` for what is no zip file or names two files alike, `model/unsupported` for compressed and
 * encrypted files: torch writes neither, and a small one could become any size.
 */
export async function listArchive(source: NamedSource): Promise<ReadonlyMap<string, ArchiveEntry>> {
  const { path } = source;
  const entries = new Map<string, ArchiveEntry>();
  const zip = new ZipReader(directoryReader(source));
  try {
    for await (const entry of zip.getEntriesGenerator()) {
      if (entries.has(entry.filename)) throw corruptFile(path, `it holds "${entry.filename}" twice`);
      if (entries.size >= MAX_ENTRIES) throw corruptFile(path, "it holds too many files");
      entries.set(entry.filename, checkEntry(path, entry));
    }
  } catch (error) {
    if (isSextantError(error)) throw error;
    throw corruptFile(path, "it is no whole zip file", undefined, error);
  }
  return entries;
}

/** Where an entry's bytes start. Source: APPNOTE.TXT 4.3.7. */
export async function locateEntry(source: NamedSource, entry: ArchiveEntry): Promise<number> {
  const { path } = source;
  const headerEnd = entry.headerByte + LOCAL_HEADER_BYTES;
  const bytes = await readExactly(source, entry.headerByte, headerEnd);
  const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const nameEnd = headerEnd + header.getUint16(26, true);
  const start = nameEnd + header.getUint16(28, true);
  const name = new TextDecoder().decode(await readExactly(source, headerEnd, nameEnd));
  if (header.getUint32(0, true) !== 0x04034b50 || name !== entry.name) {
    throw corruptFile(path, `"${entry.name}" is not where its directory says`);
  }
  if (start + entry.sizeBytes > source.sizeBytes)
    throw corruptFile(path, `"${entry.name}" ends outside the file`);
  return start;
}

function checkEntry(path: string, entry: Entry): ArchiveEntry {
  const { filename: name, uncompressedSize: sizeBytes, compressedSize, compressionMethod, crc32 } = entry;
  if (entry.encrypted || compressionMethod !== 0) {
    throw unsupportedFile(
      path,
      `"${name.slice(0, 80)}" in it is ${entry.encrypted ? "encrypted" : "compressed"}`,
      "Use the file as torch saves it.",
    );
  }
  if (crc32 === undefined || sizeBytes !== compressedSize)
    throw corruptFile(path, `"${name}" lies about its size`);
  return { name, sizeBytes, crc32, headerByte: entry.offset };
}

/** What the zip library reads a directory through: any part of the source, but no more than a directory takes. */
function directoryReader(source: NamedSource) {
  return {
    size: source.sizeBytes,
    readable: new ReadableStream(),
    readUint8Array(start: number, length: number): Promise<Uint8Array> {
      if (length > MAX_DIRECTORY_BYTES) throw corruptFile(source.path, "its directory is too large");
      return readExactly(source, start, Math.min(start + length, source.sizeBytes));
    },
  };
}
