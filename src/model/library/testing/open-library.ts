import type { FolderStore } from "../../folder.ts";
import { createMemoryStore } from "../../store/memory-store.ts";
import { createModelLibrary, type LibraryOptions } from "../create-model-library.ts";
import { fakeMaking } from "./fake-making.ts";

/** A library over a fake converter; `again` is the same one after a reload. */
export function openLibrary(change: Partial<LibraryOptions> = {}) {
  const store: FolderStore = change.store ?? createMemoryStore();
  const making = fakeMaking();
  const open = () =>
    createModelLibrary({
      store,
      catalog: [],
      siteUrl: null,
      hub: () => ({ endpoint: "https://hub.invalid", token: null }),
      convert: making.convert,
      preparePipeline: making.preparePipeline,
      findRoom: async () => null,
      ...change,
    });
  const paths = async (): Promise<string[]> => {
    const names = [...(await store.names())].sort();
    const lists = names.map(async (name) =>
      (await store.folder(name).list()).map(({ path }) => `${name}/${path}`),
    );
    return (await Promise.all(lists)).flat().sort();
  };
  return { library: open(), again: open, store, making, paths };
}
