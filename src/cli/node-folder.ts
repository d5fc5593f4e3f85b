import { mkdir, open, readdir, rm, stat, type FileHandle } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import type { ByteSink, ByteSource } from "../base/byte-source.ts";
import { SextantError } from "../contract/index.ts";
import type { FolderStore, WritableFolder } from "../engine/index.ts";

/** A folder on the disk; it is made with its first file. What cannot be opened by its name is not listed. */
export function createNodeFolder(root: string): WritableFolder {
  const at = (path: string): string => join(root, inside(path));
  return {
    async list() {
      const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(orNothing);
      const files = entries.filter((entry) => entry.isFile());
      const pathOf = (file: string): string => relative(root, file).split(sep).join("/");
      const found = await Promise.all(
        files
          .map(({ parentPath, name }) => join(parentPath, name))
          .filter((file) => isInside(pathOf(file)))
          .map(async (file) => ({ path: pathOf(file), sizeBytes: (await stat(file)).size })),
      );
      return found.sort((a, b) => (a.path < b.path ? -1 : 1));
    },
    open: async (path) => openSource(at(path), path),
    create: async (path, { append = false } = {}) => {
      await mkdir(dirname(at(path)), { recursive: true });
      return openSink(await open(at(path), append ? "a" : "w"), path);
    },
    remove: async (path) => rm(at(path), { force: true }),
  };
}

/** Folders of models side by side in one folder of the disk. */
export function createNodeFolderStore(root: string): FolderStore {
  return {
    async names() {
      const entries = await readdir(root, { withFileTypes: true }).catch(orNothing);
      return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    },
    folder: (name) => createNodeFolder(join(root, inside(name))),
    remove: async (name) => rm(join(root, inside(name)), { recursive: true, force: true }),
  };
}

/** Each read opens the file anew, since nobody says when a source is no longer needed. */
async function openSource(file: string, path: string): Promise<ByteSource> {
  const found = await stat(file).catch((error: unknown) => {
    throw notFound(path, error);
  });
  if (!found.isFile()) throw notFound(path);
  const { size: sizeBytes } = found;
  return {
    sizeBytes,
    async read(start, end) {
      const bytes = new Uint8Array(Math.max(0, Math.min(end, sizeBytes) - start));
      const handle = await open(file, "r");
      try {
        for (let done = 0; done < bytes.length;) {
          const { bytesRead } = await handle.read(bytes, done, bytes.length - done, start + done);
          if (bytesRead === 0) return bytes.slice(0, done);
          done += bytesRead;
        }
        return bytes;
      } finally {
        await handle.close();
      }
    },
  };
}

async function openSink(handle: FileHandle, path: string): Promise<ByteSink> {
  const { size } = await handle.stat();
  let sizeBytes = size;
  return {
    get sizeBytes() {
      return sizeBytes;
    },
    async write(bytes) {
      try {
        for (let done = 0; done < bytes.length;) {
          const { bytesWritten } = await handle.write(bytes, done);
          done += bytesWritten;
          sizeBytes += bytesWritten;
        }
      } catch (error) {
        throw isErrno(error, "ENOSPC") || isErrno(error, "EDQUOT") ? full(path, error) : error;
      }
    },
    close: () => handle.close(),
  };
}

/** Also for Windows, where a colon or a backslash leads elsewhere. */
function isInside(path: string): boolean {
  const parts = path.split("/");
  return parts.every((part) => part !== "" && part !== "." && part !== ".." && !/[\\:\0]/.test(part));
}

/** Throws: `engine/invalid-input` for a path that leads out of the folder. */
function inside(path: string): string {
  if (isInside(path)) return join(...path.split("/"));
  throw new SextantError(
    "engine/invalid-input",
    `"${path}" is no path inside a model's folder. Use names joined by slashes.`,
    { path },
  );
}

function orNothing(error: unknown): never[] {
  if (isErrno(error, "ENOENT")) return [];
  throw error;
}

function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === code;
}

function notFound(path: string, cause?: unknown): SextantError {
  return new SextantError(
    "model/not-found",
    `There is no file ${path} in this folder. Check the folder's name and what is in it.`,
    { path },
    cause,
  );
}

function full(path: string, cause: unknown): SextantError {
  return new SextantError(
    "storage/full",
    `There is no room on the disk for ${path}. Free some, or choose another folder.`,
    { path },
    cause,
  );
}
