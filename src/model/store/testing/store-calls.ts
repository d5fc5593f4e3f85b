import { connect, portLink } from "../../../boundary/index.ts";
import type { Face, Handlers } from "../../../contract/index.ts";
import type { ByteSink } from "../../../base/byte-source.ts";
import type { FileInfo, FolderStore } from "../../folder.ts";

interface At {
  readonly folder: string;
  readonly path: string;
}

/** The calls of a `FolderStore` as plain objects, so that a test reaches one that lives in a worker. */
export interface StoreCalls {
  names: { in: object; event: never; out: readonly string[] };
  list: { in: { readonly folder: string }; event: never; out: readonly FileInfo[] };
  size: { in: At; event: never; out: number };
  read: { in: At & { readonly start: number; readonly end: number }; event: never; out: Uint8Array };
  create: { in: At & { readonly append: boolean }; event: never; out: { sink: number; sizeBytes: number } };
  write: { in: { readonly sink: number; readonly bytes: Uint8Array }; event: never; out: number };
  closeSink: { in: { readonly sink: number }; event: never; out: void };
  removeFile: { in: At; event: never; out: void };
  removeFolder: { in: { readonly folder: string }; event: never; out: void };
}

export function storeHandlers(store: FolderStore): Handlers<StoreCalls> {
  const sinks: ByteSink[] = [];
  const sinkOf = (index: number): ByteSink => {
    const sink = sinks[index];
    if (!sink) throw new RangeError(`no sink ${index}`);
    return sink;
  };
  return {
    names: () => store.names(),
    list: ({ folder }) => store.folder(folder).list(),
    size: async ({ folder, path }) => (await store.folder(folder).open(path)).sizeBytes,
    read: async ({ folder, path, start, end }) => (await store.folder(folder).open(path)).read(start, end),
    async create({ folder, path, append }) {
      const sink = await store.folder(folder).create(path, { append });
      return { sink: sinks.push(sink) - 1, sizeBytes: sink.sizeBytes };
    },
    async write({ sink, bytes }) {
      await sinkOf(sink).write(bytes);
      return sinkOf(sink).sizeBytes;
    },
    closeSink: ({ sink }) => sinkOf(sink).close(),
    removeFile: ({ folder, path }) => store.folder(folder).remove(path),
    removeFolder: ({ folder }) => store.remove(folder),
  };
}

/** A store at the other end of `port`. */
export function connectStore(port: MessagePort): FolderStore & { readonly calls: Face<StoreCalls> } {
  const calls = connect<StoreCalls>(portLink(port));
  return {
    calls,
    names: () => calls.names({}),
    remove: (folder) => calls.removeFolder({ folder }),
    folder: (folder) => ({
      list: () => calls.list({ folder }),
      async open(path) {
        const sizeBytes = await calls.size({ folder, path });
        const read = async (start: number, end: number) =>
          new Uint8Array(await calls.read({ folder, path, start, end }));
        return { sizeBytes, read };
      },
      async create(path, { append = false } = {}) {
        const created = await calls.create({ folder, path, append });
        let { sizeBytes } = created;
        return {
          get sizeBytes() {
            return sizeBytes;
          },
          async write(bytes) {
            sizeBytes = await calls.write({ sink: created.sink, bytes });
          },
          close: () => calls.closeSink({ sink: created.sink }),
        };
      },
      remove: (path) => calls.removeFile({ folder, path }),
    }),
  };
}
