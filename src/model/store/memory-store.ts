import { arraySource, type ByteSink } from "../../base/byte-source.ts";
import type { FolderStore, WritableFolder } from "../folder.ts";
import { pathParts } from "./path-parts.ts";
import { noRoomFor, noSuchFile } from "./store-faults.ts";

type Files = Map<string, Uint8Array<ArrayBuffer>>;

/** Keeps folders in memory until it is dropped: for tests, and for hosts that must not write. */
export function createMemoryStore({ capacityBytes = Infinity } = {}): FolderStore {
  const folders = new Map<string, Files>();

  function sizeBytes(): number {
    const files = [...folders.values()].flatMap((folder) => [...folder.values()]);
    return files.reduce((sum, file) => sum + file.length, 0);
  }

  function folder(name: string): WritableFolder {
    pathParts(name);
    const find = (path: string) => folders.get(name)?.get(pathParts(path).join("/"));
    return {
      list: async () =>
        [...(folders.get(name) ?? new Map<string, Uint8Array>())].map(([path, file]) => ({
          path,
          sizeBytes: file.length,
        })),
      async open(path) {
        const file = find(path);
        if (!file) throw noSuchFile(path);
        return arraySource(file);
      },
      async create(path, { append = false } = {}) {
        const files = folders.get(name) ?? new Map<string, Uint8Array<ArrayBuffer>>();
        folders.set(name, files);
        const before = (append && find(path)) || new Uint8Array();
        pathParts(path);
        files.set(path, before);
        return sink(files, path);
      },
      async remove(path) {
        pathParts(path);
        folders.get(name)?.delete(path);
      },
    };
  }

  function sink(files: Files, path: string): ByteSink {
    const now = () => files.get(path) ?? new Uint8Array();
    return {
      get sizeBytes() {
        return now().length;
      },
      async write(bytes) {
        if (sizeBytes() + bytes.length > capacityBytes) throw noRoomFor(path);
        const grown = new Uint8Array(now().length + bytes.length);
        grown.set(now());
        grown.set(bytes, now().length);
        files.set(path, grown);
      },
      close: async () => undefined,
    };
  }

  return {
    names: async () => [...folders.keys()],
    folder,
    remove: async (name) => void folders.delete(name),
  };
}
