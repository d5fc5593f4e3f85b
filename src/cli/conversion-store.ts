import type { FolderStore, WritableFolder } from "../engine/index.ts";

/** What the library keeps of a model besides what is opened: the files as they were published and where they come from. */
const isKept = (path: string): boolean => path.startsWith("original/") || path === "source.json";

/**
 * A store for one conversion: the model itself goes into `out`, downloads into the model's folder in `cache`, where the
 * next conversion, or the next try, finds them.
 */
export function createConversionStore(out: WritableFolder, cache: FolderStore): FolderStore {
  return {
    names: async () => [],
    folder(name) {
      const kept = cache.folder(name);
      const place = (path: string): WritableFolder => (isKept(path) ? kept : out);
      return {
        async list() {
          const [ours, theirs] = [await out.list(), await kept.list()];
          return [...ours.filter(({ path }) => !isKept(path)), ...theirs.filter(({ path }) => isKept(path))];
        },
        open: (path) => place(path).open(path),
        create: (path, options) => place(path).create(path, options),
        remove: (path) => place(path).remove(path),
      };
    },
    remove: (name) => cache.remove(name),
  };
}
