import { arraySource, type ByteSink } from "../../base/byte-source.ts";
import type { WritableFolder } from "../folder.ts";
import { noSuchFile } from "../store/store-faults.ts";

/**
 * A folder whose small files are written at the very end, and where what is removed is only hidden: what is needed by
 * another precision of the same model stays as it is until the new one is finished.
 */
export interface StagedFolder extends WritableFolder {
  /** Writes what was held back, but for `without`. */
  commit(without: string): Promise<void>;
}

/** `large` says which files are written as they come. */
export function stageFolder(folder: WritableFolder, large: (path: string) => boolean): StagedFolder {
  const held = new Map<string, Uint8Array<ArrayBuffer>>();
  const removed = new Set<string>();

  function holding(path: string, before: Uint8Array<ArrayBuffer>): ByteSink {
    let bytes = before;
    held.set(path, bytes);
    return {
      get sizeBytes() {
        return bytes.length;
      },
      async write(more) {
        const grown = new Uint8Array(bytes.length + more.length);
        grown.set(bytes);
        grown.set(more, bytes.length);
        bytes = grown;
        held.set(path, bytes);
      },
      close: async () => undefined,
    };
  }

  async function isThere(path: string, bytes: Uint8Array): Promise<boolean> {
    const found = (await folder.list()).find((file) => file.path === path);
    if (found?.sizeBytes !== bytes.length) return false;
    const there = await (await folder.open(path)).read(0, bytes.length);
    return there.every((byte, at) => byte === bytes[at]);
  }

  return {
    async list() {
      const files = (await folder.list()).filter(({ path }) => !held.has(path) && !removed.has(path));
      return [...files, ...[...held].map(([path, { length }]) => ({ path, sizeBytes: length }))];
    },
    async open(path) {
      const bytes = held.get(path);
      if (!bytes && removed.has(path)) throw noSuchFile(path);
      return bytes ? arraySource(bytes) : folder.open(path);
    },
    async create(path, options = {}) {
      const gone = removed.delete(path);
      if (large(path)) return folder.create(path, gone ? {} : options);
      return holding(path, (options.append && held.get(path)) || new Uint8Array());
    },
    async remove(path) {
      held.delete(path);
      removed.add(path);
    },
    async commit(without) {
      for (const [path, bytes] of held) {
        if (path === without || (await isThere(path, bytes))) continue;
        const sink = await folder.create(path);
        try {
          await sink.write(bytes);
        } finally {
          await sink.close();
        }
      }
      held.clear();
    },
  };
}
