/**
 * A 32-bit checksum of bytes, stored beside a blob: a page of SQLite has none of its own.
 *
 * Every step is one-to-one in the running value and in the word, so that a change within one word is always seen.
 * Source: FNV-1a (RFC draft-eastlake-fnv), taken over little-endian 32-bit words, the length last.
 */
export function checksumOf(...views: readonly ArrayBufferView[]): number {
  let hash = 0x811c9dc5;
  const add = (word: number): void => {
    hash = Math.imul(hash ^ word, 0x01000193);
  };
  for (const { buffer, byteOffset, byteLength } of views) {
    const view = new DataView(buffer, byteOffset, byteLength);
    const whole = byteLength & ~3;
    for (let at = 0; at < whole; at += 4) add(view.getInt32(at, true));
    for (let at = whole; at < byteLength; at++) add(view.getUint8(at));
    add(byteLength);
  }
  return hash >>> 0;
}
