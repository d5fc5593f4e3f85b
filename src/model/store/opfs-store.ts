import { blobSource, type ByteSink } from "../../base/byte-source.ts";
import { SextantError } from "../../contract/index.ts";
import type { FileInfo, FolderStore, WritableFolder } from "../folder.ts";
import { isNamed, isQuota, orAbsent, whenFree } from "./opfs-faults.ts";
import { pathParts } from "./path-parts.ts";
import { noRoomFor, noSuchFile } from "./store-faults.ts";

/**
 * Keeps folders in the origin private file system, below `directory` (a name, or several with slashes).
 *
 * Runs in a dedicated worker only: nowhere else are there sync access handles, which write without a copy of the file.
 *
 * Throws: `storage/unavailable` where the browser gives no private file system; `storage/busy-elsewhere` when a file is
 * being written by another tab.
 */
export function createOpfsStore(directory: string): FolderStore {
  const rootParts = pathParts(directory);

  async function find(parts: readonly string[], create: boolean): Promise<FileSystemDirectoryHandle> {
    let handle = await openRoot();
    for (const part of [...rootParts, ...parts])
      handle = await handle.getDirectoryHandle(part, { create }).catch((error: unknown) => {
        throw isQuota(error) ? noRoomFor(part, error) : error;
      });
    return handle;
  }

  function folder(name: string): WritableFolder {
    pathParts(name);
    const parent = async (path: string, create: boolean) => {
      const parts = pathParts(path);
      const handle = await find([name, ...parts.slice(0, -1)], create);
      return { handle, file: parts.at(-1) ?? "" };
    };
    return {
      async list() {
        const root = await orAbsent(find([name], false));
        return root ? filesBelow(root, "") : [];
      },
      async open(path) {
        const found = await orAbsent(
          parent(path, false).then(({ handle, file }) => handle.getFileHandle(file)),
        );
        const blob = found && (await orAbsent(found.getFile()));
        if (!blob) throw noSuchFile(path);
        const { sizeBytes, read } = blobSource(blob);
        return {
          sizeBytes,
          // A file that is written or removed after it was opened cannot be read any more.
          read: (start, end) =>
            read(start, end).catch((error: unknown) => {
              throw isNamed(error, "NotReadableError", "NotFoundError") ? noSuchFile(path, error) : error;
            }),
        };
      },
      async create(path, { append = false } = {}) {
        const { handle, file } = await parent(path, true);
        const fileHandle = await handle.getFileHandle(file, { create: true }).catch((error: unknown) => {
          throw isQuota(error) ? noRoomFor(path, error) : error;
        });
        const access = await whenFree(path, () => fileHandle.createSyncAccessHandle());
        if (!append) access.truncate(0);
        return sink(access, path);
      },
      async remove(path) {
        await whenFree(path, () =>
          orAbsent(parent(path, false).then(({ handle, file }) => handle.removeEntry(file))),
        );
      },
    };
  }

  return {
    async names() {
      const root = await orAbsent(find([], false));
      const names: string[] = [];
      if (root) for await (const [name, { kind }] of root) if (kind === "directory") names.push(name);
      return names;
    },
    folder,
    async remove(name) {
      pathParts(name);
      await whenFree(name, () =>
        orAbsent(find([], false).then((root) => root.removeEntry(name, { recursive: true }))),
      );
    },
  };
}

async function openRoot(): Promise<FileSystemDirectoryHandle> {
  try {
    return await navigator.storage.getDirectory();
  } catch (error) {
    throw new SextantError(
      "storage/unavailable",
      "This browser gives no place to keep models (a private window, or site data is switched off): use a normal window or allow site data.",
      {},
      error,
    );
  }
}

/** What is removed meanwhile is left out. */
async function filesBelow(directory: FileSystemDirectoryHandle, prefix: string): Promise<FileInfo[]> {
  const files: FileInfo[] = [];
  const look = async (): Promise<void> => {
    for await (const [name, handle] of directory) {
      const path = prefix + name;
      if (handle.kind === "directory") {
        files.push(...(await filesBelow(handle as FileSystemDirectoryHandle, `${path}/`)));
        continue;
      }
      const file = await orAbsent((handle as FileSystemFileHandle).getFile());
      if (file) files.push({ path, sizeBytes: file.size });
    }
  };
  await orAbsent(look());
  return files;
}

function sink(access: FileSystemSyncAccessHandle, path: string): ByteSink {
  let sizeBytes = access.getSize();
  let open = true;
  return {
    get sizeBytes() {
      return sizeBytes;
    },
    async write(bytes) {
      let written = 0;
      let fault: unknown;
      try {
        written = access.write(bytes, { at: sizeBytes });
      } catch (error) {
        if (!isQuota(error)) throw error;
        fault = error;
      }
      // Chromium 156 does not throw when a write meets the quota: it writes fewer bytes.
      if (written !== bytes.length) {
        access.truncate(sizeBytes);
        throw noRoomFor(path, fault);
      }
      sizeBytes += written;
    },
    async close() {
      if (!open) return;
      open = false;
      try {
        access.flush();
      } finally {
        access.close();
      }
    },
  };
}
