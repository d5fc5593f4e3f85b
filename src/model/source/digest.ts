import { sha256 } from "@noble/hashes/sha2.js";
import type { ByteSource } from "../../base/byte-source.ts";

/** SHA-256 of bytes that come one piece after the other; `crypto.subtle` wants them all at once. */
export interface Digest {
  update(bytes: Uint8Array): void;
  /** Lower-case hex; nothing may be added afterwards. */
  hex(): string;
}

export function createDigest(): Digest {
  const hash = sha256.create();
  return {
    update: (bytes) => void hash.update(bytes),
    hex: () => Array.from(hash.digest(), (byte) => byte.toString(16).padStart(2, "0")).join(""),
  };
}

/** Small enough that a worker answers others in between. */
const PIECE_BYTES = 1 << 20;

export interface ReadAllOptions {
  readonly signal?: AbortSignal | undefined;
  /** Bytes that have been read so far. */
  readonly onBytes?: ((doneBytes: number) => void) | undefined;
}

/** Reads a source from its beginning to its end in pieces that fit in memory. */
export async function* piecesOf(
  source: ByteSource,
  { signal, onBytes }: ReadAllOptions = {},
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (let at = 0; at < source.sizeBytes; at += PIECE_BYTES) {
    signal?.throwIfAborted();
    const piece = await source.read(at, Math.min(at + PIECE_BYTES, source.sizeBytes));
    yield piece;
    onBytes?.(at + piece.length);
  }
}

/** Cost: about 100 MB/s on one core of a 2-core Xeon (`@noble/hashes` 2.4 under Node 20). */
export async function digestOf(source: ByteSource, options: ReadAllOptions = {}): Promise<string> {
  const digest = createDigest();
  for await (const piece of piecesOf(source, options)) digest.update(piece);
  return digest.hex();
}
