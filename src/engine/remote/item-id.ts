import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { PassageDraft } from "../../contract/index.ts";

const DIGEST_BYTES = 16;

/**
 * Names a passage by all that is stored of it but its vector and its source's tags and date: the same file cut by the
 * same rules gives the same ids on every machine, and two passages of one source never share one.
 */
export function itemId(
  sourceDigest: string,
  ordinal: number,
  { title, text, startUtf16, endUtf16, record }: PassageDraft,
): string {
  const content = JSON.stringify([
    sourceDigest,
    ordinal,
    title,
    text,
    startUtf16,
    endUtf16,
    record,
  ]).toWellFormed();
  return bytesToHex(sha256(new TextEncoder().encode(content)).slice(0, DIGEST_BYTES));
}

/** SHA-256 of ids, in their order, a line each. */
export function digestOfIds(ids: readonly string[]): string {
  const hash = sha256.create();
  const encoder = new TextEncoder();
  for (const id of ids) hash.update(encoder.encode(`${id}\n`));
  return bytesToHex(hash.digest());
}
