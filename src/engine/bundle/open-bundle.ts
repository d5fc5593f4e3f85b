import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { Entry, FileEntry } from "@zip.js/zip.js/lib/zip-core-native.js";
import { blobSource } from "../../base/byte-source.ts";
import { isSextantError, type FileLike } from "../../contract/index.ts";
import { broken, MANIFEST_PATH, parseManifest, type BundleFile, type BundleManifest } from "./manifest.ts";

const MAX_MANIFEST_BYTES = 64 * 2 ** 20;
const MAX_ENTRIES = 1_000_000;
/** One line holds one passage; no importer makes a longer one. */
const MAX_LINE_UTF16 = 64 * 2 ** 20;

/** A bundle whose list of contents was read; its files are read one at a time. */
export interface Bundle {
  readonly manifest: BundleManifest;
  /**
   * The bytes of a file, in order. What it yields may be damaged until the end was reached without an error.
   *
   * Throws: `ingest/unreadable` when the file is missing, of another size, or has another digest than the manifest says.
   */
  bytes(file: BundleFile): AsyncGenerator<Uint8Array>;
  /** A text file's lines, without their ends. Throws: as `bytes`. */
  lines(file: BundleFile): AsyncGenerator<string>;
  text(file: BundleFile): Promise<string>;
}

/** Opens a bundle without reading more than its lists. Throws: `ingest/unreadable`. */
export async function openBundle(file: FileLike): Promise<Bundle> {
  const { Reader, ZipReader } = await import("@zip.js/zip.js/lib/zip-core-native.js");
  const source = blobSource(file);
  class Bytes extends Reader<FileLike> {
    override size = file.size;
    override readUint8Array(start: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
      return source.read(start, Math.min(start + length, file.size));
    }
  }
  const zip = new ZipReader(new Bytes(file), { useWebWorkers: false });
  const entries = new Map<string, FileEntry>();
  try {
    for await (const entry of zip.getEntriesGenerator()) {
      if (entries.size >= MAX_ENTRIES) throw broken("it holds too many files");
      if (isFile(entry)) entries.set(entry.filename, entry);
    }
  } catch (error) {
    throw broken("it is cut off, or no zip file", error);
  }
  const listed = entries.get(MANIFEST_PATH);
  if (!listed) throw broken("it has no list of contents");
  const decoder = new TextDecoder();
  let json = "";
  for await (const piece of inflate(listed, MAX_MANIFEST_BYTES))
    json += decoder.decode(piece, { stream: true });

  async function* bytes({ path, sizeBytes, sha256: expected }: BundleFile): AsyncGenerator<Uint8Array> {
    const entry = entries.get(path);
    if (!entry) throw broken(`“${path}” is missing`);
    const hash = sha256.create();
    let done = 0;
    for await (const piece of inflate(entry, sizeBytes)) {
      hash.update(piece);
      done += piece.length;
      yield piece;
    }
    if (done !== sizeBytes || bytesToHex(hash.digest()) !== expected) throw broken(`“${path}” is damaged`);
  }

  async function* lines(listedFile: BundleFile): AsyncGenerator<string> {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    let rest = "";
    for await (const piece of bytes(listedFile)) {
      const parts = (rest + text.decode(piece, { stream: true })).split("\n");
      rest = parts.pop() ?? "";
      if (rest.length > MAX_LINE_UTF16) throw broken(`“${listedFile.path}” has too long a line`);
      yield* parts;
    }
    if (rest !== "") throw broken(`“${listedFile.path}” ends within a line`);
  }

  return {
    manifest: parseManifest(json),
    bytes,
    lines,
    async text(listedFile) {
      const decode = new TextDecoder("utf-8", { ignoreBOM: true });
      let text = "";
      for await (const piece of bytes(listedFile)) text += decode.decode(piece, { stream: true });
      return text;
    },
  };
}

function isFile(entry: Entry): entry is FileEntry {
  return !entry.directory && !entry.encrypted;
}

/** Unpacks no more than `mostBytes`, however small the packed file is. */
async function* inflate(entry: FileEntry, mostBytes: number): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const unpacking = entry.getData(writable, { useWebWorkers: false, checkCrc32: true });
  unpacking.catch(() => undefined);
  const reader = readable.getReader();
  let done = 0;
  try {
    for (;;) {
      const step = await reader.read();
      if (step.done) break;
      done += step.value.length;
      if (done > mostBytes) throw broken(`“${entry.filename}” is larger than it says`);
      yield step.value;
    }
    await unpacking;
  } catch (error) {
    throw isSextantError(error) ? error : broken(`“${entry.filename}” is damaged`, error);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
