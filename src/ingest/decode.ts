import { SextantError, type InputFile } from "../contract/index.ts";
import { fileSignature } from "./file-signature.ts";

/** Longer texts are refused: parsing holds a few times their size in memory. */
export const MAX_BYTES = 128 * 2 ** 20;

/** Larger files are refused whatever they hold. */
export const MAX_FILE_BYTES = 256 * 2 ** 20;

/** Among the decoded characters; text in a wrong 8-bit encoding stays below, compressed data far above. */
const BINARY_SHARE = 0.1;

const CONTROL = /[\0-\x08\x0e-\x1a\x1c-\x1f\x7f]/g;
const REPLACED = /\ufffd+/g;

export interface Decoded {
  readonly text: string;
  /** The encoding that was guessed, where nothing in the file names it and it is not UTF-8. */
  readonly guessed?: string;
  /** Places where bytes could not be read and U+FFFD stands instead. */
  readonly replaced: number;
}

/**
 * Turns a file's bytes, or a paste, into well-formed text without byte order mark.
 *
 * Throws: `ingest/too-large`, `ingest/binary`, `ingest/empty`.
 */
export function decodeFile({ name, content }: InputFile): Decoded {
  const sizeBytes = typeof content === "string" ? content.length : content.byteLength;
  checkSize(name, sizeBytes, MAX_BYTES);
  const { text, replaced, guessed } =
    typeof content === "string" ? decodePaste(content) : decodeBytes(name, content);
  if (looksBinary(text, replaced)) throw binary(name, null);
  if (!/\S/.test(text)) throw empty(name);
  return {
    text: text.replaceAll("\0", "\ufffd"),
    replaced: replaced + countMatches(text, /\0+/g),
    ...(guessed === undefined ? {} : { guessed }),
  };
}

/** Throws: `ingest/too-large`. */
export function checkSize(name: string, sizeBytes: number, limitBytes: number): void {
  if (sizeBytes > limitBytes)
    throw new SextantError(
      "ingest/too-large",
      `${name} has ${megabytes(sizeBytes)} MB; at most ${megabytes(limitBytes)} MB can be read. Split it and add the parts.`,
      { sizeBytes, limitBytes },
    );
}

export function empty(name: string): SextantError {
  return new SextantError("ingest/empty", `${name} has no text in it. Add a file or a paste with some.`);
}

function decodePaste(content: string): Decoded {
  const text = content.toWellFormed();
  const replaced = text === content ? 0 : countMatches(text, REPLACED) - countMatches(content, REPLACED);
  return { text: text.startsWith("\ufeff") ? text.slice(1) : text, replaced };
}

/** The byte order mark, left out of the text, decides between the encodings; without one it is UTF-8, or a guess. */
function decodeBytes(name: string, bytes: Uint8Array): Decoded {
  const signature = fileSignature(bytes);
  if (signature !== null) throw binary(name, signature);
  const [first, second] = bytes;
  const marked =
    first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : null;
  const guessed = marked === null ? guessUtf16(bytes) : null;
  const encoding = marked ?? guessed ?? "utf-8";
  const told = guessed === null ? {} : { guessed };
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), replaced: 0, ...told };
  } catch {
    if (encoding === "utf-8" && looksWestern(bytes))
      return { text: new TextDecoder(WESTERN).decode(bytes), replaced: 0, guessed: WESTERN };
    const text = new TextDecoder(encoding).decode(bytes);
    return { text, replaced: countMatches(text, REPLACED), ...told };
  }
}

/** What Windows and the old web wrote in Western Europe; Latin-1 is a part of it. */
const WESTERN = "windows-1252";

/**
 * Whether bytes that are not UTF-8 are Western text: letters with marks stand one by one among plain ones there, while
 * other scripts fill whole words with high bytes.
 */
function looksWestern(bytes: Uint8Array): boolean {
  let high = 0;
  let inARow = 0;
  for (const [i, byte] of bytes.entries()) {
    if (byte < 0x80) continue;
    if (byte === 0x81 || byte === 0x8d || byte === 0x8f || byte === 0x90 || byte === 0x9d) return false;
    high++;
    if ((bytes[i - 1] ?? 0) >= 0x80) inARow++;
  }
  return high < bytes.length * 0.2 && inARow <= high * 0.1;
}

/** Every second byte of Latin text is zero there. */
function guessUtf16(bytes: Uint8Array): "utf-16le" | "utf-16be" | null {
  const head = bytes.subarray(0, 512);
  if (head.length < 16 || bytes.length % 2 !== 0) return null;
  const zeros = [0, 0];
  for (const [i, byte] of head.entries()) if (byte === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > head.length * 0.3 && even < head.length * 0.02) return "utf-16le";
  return even > head.length * 0.3 && odd < head.length * 0.02 ? "utf-16be" : null;
}

function looksBinary(text: string, replaced: number): boolean {
  const odd = countMatches(text, CONTROL) + (replaced === 0 ? 0 : countMatches(text, /\ufffd/g));
  return odd > text.length * BINARY_SHARE || countMatches(text, /\0/g) > text.length / 1000;
}

function binary(name: string, seems: string | null): SextantError {
  const what = seems === null ? "is not text" : `seems to be ${seems}`;
  return new SextantError(
    "ingest/binary",
    `${name} ${what}, which cannot be read here. Save its text as UTF-8 (.txt, .md or .html) and add that.`,
    seems === null ? {} : { seems },
  );
}

function countMatches(text: string, pattern: RegExp): number {
  let count = 0;
  for (const _ of text.matchAll(pattern)) count++;
  return count;
}

function megabytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(bytes % 2 ** 20 === 0 ? 0 : 1);
}
