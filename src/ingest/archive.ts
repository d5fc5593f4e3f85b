import { isSextantError, SextantError } from "../contract/index.ts";
import type { FileEntry, ZipReader } from "@zip.js/zip.js/lib/zip-core-native.js";

/** What one archive may unfold to in all: a few times the largest file that is read. */
const MAX_UNFOLDED_BYTES = 512 * 2 ** 20;
const MAX_ENTRIES = 20_000;

/** A zip file opened for reading. */
export interface Archive {
  /** In its order, folders left out; no name leads out of it. */
  readonly names: readonly string[];
  /**
   * Unpacks one file, which may not have more than `limitBytes`.
   *
   * Throws: `ingest/unreadable`, `ingest/too-large`, `ingest/locked`.
   */
  read(name: string, limitBytes: number): Promise<Uint8Array>;
  /** The same as text; null where there is no such file. */
  text(name: string, limitBytes: number): Promise<string | null>;
}

export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
}

/**
 * Lists a zip file without unpacking it.
 *
 * Throws: `ingest/unreadable` for what is broken or holds too many files.
 */
export async function openArchive(name: string, bytes: Uint8Array): Promise<Archive> {
  const { Uint8ArrayReader, ZipReader } = await import("@zip.js/zip.js/lib/zip-core-native.js");
  const zip = new ZipReader(new Uint8ArrayReader(bytes as Uint8Array<ArrayBuffer>), {
    useWebWorkers: false,
    normalizeFilename: cleanPath,
  });
  const entries = await listEntries(name, zip);
  let unfolded = 0;

  const read = async (path: string, limitBytes: number): Promise<Uint8Array> => {
    const entry = entries.get(path);
    if (entry === undefined) throw broken(name, `“${path}” is missing in it`);
    if (entry.encrypted) throw locked(name);
    if (entry.uncompressedSize > limitBytes) throw tooLarge(`${name}: ${path}`, limitBytes);
    const pieces: Uint8Array[] = [];
    let size = 0;
    const sink = new WritableStream<Uint8Array>({
      write(piece) {
        size += piece.length;
        unfolded += piece.length;
        if (size > limitBytes) throw tooLarge(`${name}: ${path}`, limitBytes);
        if (unfolded > MAX_UNFOLDED_BYTES) throw tooLarge(name, MAX_UNFOLDED_BYTES);
        pieces.push(piece);
      },
    });
    try {
      await entry.getData(sink, { useWebWorkers: false, checkSignature: true });
    } catch (error) {
      if (isSextantError(error)) throw error;
      throw broken(name, `“${path}” in it cannot be unpacked`, error);
    }
    return concat(pieces, size);
  };

  return {
    names: [...entries.keys()],
    read,
    text: async (path, limitBytes) =>
      entries.has(path) ? new TextDecoder().decode(await read(path, limitBytes)) : null,
  };
}

function cleanPath(path: string): string {
  return path
    .split(/[\\/]+/)
    .filter((part) => part !== "" && part !== "." && part !== "..")
    .join("/");
}

async function listEntries(name: string, zip: ZipReader<unknown>): Promise<Map<string, FileEntry>> {
  const entries = new Map<string, FileEntry>();
  try {
    for await (const entry of zip.getEntriesGenerator()) {
      if (entries.size >= MAX_ENTRIES) throw broken(name, `it holds more than ${MAX_ENTRIES} files`);
      if (!entry.directory) entries.set(entry.filename, entry);
    }
  } catch (error) {
    if (isSextantError(error)) throw error;
    throw broken(name, "it is cut off, or no whole zip file", error);
  }
  return entries;
}

/** Something that asks for a password. */
export function locked(name: string): SextantError {
  return new SextantError(
    "ingest/locked",
    `${name} is locked with a password. Save it without one and add it again.`,
  );
}

/** A container that cannot be opened. */
export function broken(name: string, why: string, cause?: unknown): SextantError {
  return new SextantError(
    "ingest/unreadable",
    `${name} cannot be read: ${why}. Open it in the program that made it, save it anew and add it again.`,
    {},
    cause,
  );
}

/** What unpacks to more than can be read. */
export function tooLarge(name: string, limitBytes: number): SextantError {
  const limit = `${Math.round(limitBytes / 2 ** 20)} MB`;
  return new SextantError(
    "ingest/too-large",
    `${name} unpacks to more than ${limit}. Unpack it yourself and add what you need of it.`,
    { limitBytes },
  );
}

function concat(pieces: readonly Uint8Array[], size: number): Uint8Array {
  const all = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
