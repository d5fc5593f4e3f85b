import type { Folder, WritableFolder } from "../folder.ts";
import { isRecordPath } from "../source/download-record.ts";

/** The part of a folder below `prefix`, which ends in a slash. */
export function below(folder: WritableFolder, prefix: string): WritableFolder {
  return {
    async list() {
      const files = (await folder.list()).filter(({ path }) => path.startsWith(prefix));
      return files.map(({ path, sizeBytes }) => ({ path: path.slice(prefix.length), sizeBytes }));
    },
    open: (path) => folder.open(prefix + path),
    create: (path, options) => folder.create(prefix + path, options),
    remove: (path) => folder.remove(prefix + path),
  };
}

/** Only these files of a folder: what lies beside them may be half a download. */
export function only(folder: Folder, paths: readonly string[]): Folder {
  return {
    list: async () => (await folder.list()).filter(({ path }) => paths.includes(path) && !isRecordPath(path)),
    open: (path) => folder.open(path),
  };
}
