import type { ByteSink } from "../../../../base/byte-source.ts";

/** Keeps what is written in memory. */
export function createMemorySink(): ByteSink & { readonly bytes: () => Uint8Array<ArrayBuffer> } {
  const parts: Uint8Array[] = [];
  let sizeBytes = 0;
  return {
    get sizeBytes() {
      return sizeBytes;
    },
    write(bytes) {
      parts.push(bytes.slice());
      sizeBytes += bytes.length;
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
    bytes() {
      const all = new Uint8Array(sizeBytes);
      let at = 0;
      for (const part of parts) {
        all.set(part, at);
        at += part.length;
      }
      return all;
    },
  };
}
