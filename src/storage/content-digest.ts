import { sha256 } from "@noble/hashes/sha2.js";
import type { PassageDraft } from "../contract/index.ts";

const DIGEST_BYTES = 16;

/** Names all of a passage that its key text can be made of, under any task; where it stands does not count. */
export function contentDigest({
  title,
  text,
  record,
}: Pick<PassageDraft, "title" | "text" | "record">): Uint8Array {
  const content = JSON.stringify([title, text, record]).toWellFormed();
  return sha256(new TextEncoder().encode(content)).slice(0, DIGEST_BYTES);
}
