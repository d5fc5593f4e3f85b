import { SextantError } from "../../../../contract/index.ts";
import type { Folder } from "../../../folder.ts";

/** What was read of a folder's files. */
export interface Reads {
  count: number;
  bytes: number;
  largest: number;
}

/** Files in memory that count what is read of them; a read outside a file is an error of the test's. */
export function createCountedFolder(
  files: Readonly<Record<string, Uint8Array<ArrayBuffer>>>,
): Folder & { readonly reads: Reads } {
  const reads: Reads = { count: 0, bytes: 0, largest: 0 };
  return {
    reads,
    list: () =>
      Promise.resolve(Object.entries(files).map(([path, bytes]) => ({ path, sizeBytes: bytes.length }))),
    open(path) {
      const bytes = files[path];
      if (bytes === undefined) return Promise.reject(new SextantError("model/not-found", `No "${path}".`));
      return Promise.resolve({
        sizeBytes: bytes.length,
        read(start: number, end: number) {
          if (!(start >= 0 && start <= end && end <= bytes.length)) {
            return Promise.reject(new Error(`a read of [${start}, ${end}) of ${bytes.length} bytes`));
          }
          reads.count += 1;
          reads.bytes += end - start;
          reads.largest = Math.max(reads.largest, end - start);
          return Promise.resolve(bytes.slice(start, end));
        },
      });
    },
  };
}
