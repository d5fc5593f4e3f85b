import { arraySource, type ByteSink } from "../../base/byte-source.ts";
import type { FolderStore, WritableFolder } from "../folder.ts";
import { pathParts } from "./path-parts.ts";
import { noRoomFor, noSuchFile } from "./store-faults.ts";

/** What was written, piece by piece: joined when it is read, so that a file costs one copy however it came. */
interface KeptFile {
  pieces: Uint8Array<ArrayBuffer>[];
  sizeBytes: number;
}

type Files = Map<string, KeptFile>;

/** Keeps folders in memory until it is dropped: for tests, and for hosts that must not write. */
export function createMemoryStore({ capacityBytes = Infinity } = {}): FolderStore {
  const folders = new Map<string, Files>();

  function sizeBytes(): number {
    const files = [...folders.values()].flatMap((folder) => [...folder.values()]);
    return files.reduce((sum, file) => sum + file.sizeBytes, 0);
  }

  function folder(name: string): WritableFolder {
    pathParts(name);
    const find = (path: string) => folders.get(name)?.get(pathParts(path).join("/"));
    return {
      list: async () =>
        [...(folders.get(name) ?? new Map<string, KeptFile>())].map(([path, { sizeBytes }]) => ({
          path,
          sizeBytes,
        })),
      async open(path) {
        const file = find(path);
        if (!file) throw noSuchFile(path);
        return arraySource(joined(file));
      },
      async create(path, { append = false } = {}) {
        const files = folders.get(name) ?? new Map<string, KeptFile>();
        folders.set(name, files);
        const before = (append && find(path)) || emptyFile();
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
    return {
      get sizeBytes() {
        return files.get(path)?.sizeBytes ?? 0;
      },
      async write(bytes) {
        if (sizeBytes() + bytes.length > capacityBytes) throw noRoomFor(path);
        const file = files.get(path) ?? emptyFile();
        file.pieces.push(bytes.slice());
        file.sizeBytes += bytes.length;
        files.set(path, file);
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

const emptyFile = (): KeptFile => ({ pieces: [], sizeBytes: 0 });

function joined(file: KeptFile): Uint8Array<ArrayBuffer> {
  const [first, ...others] = file.pieces;
  if (first && others.length === 0) return first;
  const whole = new Uint8Array(file.sizeBytes);
  let at = 0;
  for (const piece of file.pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  file.pieces = [whole];
  return whole;
}
