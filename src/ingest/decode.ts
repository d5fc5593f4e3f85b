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
  const { text, replaced } = typeof content === "string" ? decodePaste(content) : decodeBytes(name, content);
  if (looksBinary(text, replaced))
    throw binary(name, looksLikeUtf16(text) ? "UTF-16 text without a byte order mark" : null);
  if (!/\S/.test(text)) throw empty(name);
  return { text: text.replaceAll("\0", "\ufffd"), replaced: replaced + countMatches(text, /\0+/g) };
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

/** The byte order mark, left out of the text, decides between the encodings. */
function decodeBytes(name: string, bytes: Uint8Array): Decoded {
  const signature = fileSignature(bytes);
  if (signature !== null) throw binary(name, signature);
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), replaced: 0 };
  } catch {
    const text = new TextDecoder(encoding).decode(bytes);
    return { text, replaced: countMatches(text, REPLACED) };
  }
}

function looksBinary(text: string, replaced: number): boolean {
  const odd = countMatches(text, CONTROL) + (replaced === 0 ? 0 : countMatches(text, /\ufffd/g));
  return odd > text.length * BINARY_SHARE || countMatches(text, /\0/g) > text.length / 1000;
}

/** Every second byte of Latin text is zero there. */
function looksLikeUtf16(text: string): boolean {
  return /^(?:[^\0]\0){8}|^(?:\0[^\0]){8}/.test(text);
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
