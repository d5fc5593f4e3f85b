import { resolve } from "node:path";
import type { Plugin, Rolldown } from "vite";
import { folderOf, readInstalled } from "./installed.ts";
import { formatLicences } from "./licence-page.ts";

export const LICENCES_FILE = "THIRD-PARTY-LICENSES.txt";

/** Notes what a bundle really holds; workers are bundles of their own, and are made before the page's. */
export function createLicences(): { readonly app: () => Plugin; readonly worker: () => Plugin } {
  const folders = new Set<string>();
  const note = (ids: readonly string[]): void => {
    for (const id of ids) {
      const folder = folderOf(id);
      if (folder !== null) folders.add(resolve(folder));
    }
  };
  const noteAll = (bundle: Rolldown.OutputBundle): void => {
    for (const file of Object.values(bundle))
      note(file.type === "chunk" ? Object.keys(file.modules) : file.originalFileNames);
  };
  return {
    worker: () => ({
      name: "sextant:worker-licences",
      apply: "build",
      generateBundle: (_, bundle) => noteAll(bundle),
    }),
    app: () => ({
      name: "sextant:licences",
      apply: "build",
      generateBundle(_, bundle) {
        noteAll(bundle);
        const source = formatLicences([...folders].map(readInstalled));
        this.emitFile({ type: "asset", fileName: LICENCES_FILE, source });
      },
    }),
  };
}
