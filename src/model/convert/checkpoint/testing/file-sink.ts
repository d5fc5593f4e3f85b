import type { ByteSink } from "../../../../base/byte-source.ts";

/** Keeps what is written as a file that the browser may put on the disk, as a picked one lies there. */
export function createFileSink(): ByteSink & { readonly file: () => Blob } {
  const parts: Blob[] = [];
  let sizeBytes = 0;
  return {
    get sizeBytes() {
      return sizeBytes;
    },
    write(bytes) {
      parts.push(new Blob([bytes.slice()]));
      sizeBytes += bytes.length;
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
    file: () => new Blob(parts),
  };
}
