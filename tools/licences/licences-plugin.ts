import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Plugin, Rolldown } from "vite";
import { folderOf, readInstalled, type Installed } from "./installed.ts";
import { formatLicences } from "./licence-page.ts";
import { COMPILED, HELPERS, INSIDE, SHIPPED_TOOLS } from "./shipped-tools.ts";

export const LICENCES_FILE = "THIRD-PARTY-LICENSES.txt";

const ROOT = resolve(import.meta.dirname, "../..");
const installed = (name: string): string => join(ROOT, "node_modules", name);

/**
 * Notes what a bundle really holds; workers are bundles of their own, and are made before the page's.
 *
 * `beside`: packages whose files are put beside the bundle later.
 */
export function createLicences(beside: readonly string[] = []): {
  readonly main: () => Plugin;
  readonly worker: () => Plugin;
} {
  const folders = new Set<string>(beside.map(installed));
  const note = (ids: readonly string[]): void => {
    for (const id of ids) {
      const folder = sourceOf(id);
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
    main: () => ({
      name: "sextant:licences",
      apply: "build",
      generateBundle(_, bundle) {
        noteAll(bundle);
        const packages = withInside([...folders].map(readInstalled));
        refuseUnlisted(packages, readFileSync(join(ROOT, "package-lock.json"), "utf8"));
        this.emitFile({ type: "asset", fileName: LICENCES_FILE, source: formatLicences(packages) });
      },
    }),
  };
}

/** The folder of the package that a module is of, or whose library was compiled into it; null for our own. */
function sourceOf(id: string): string | null {
  const helper = Object.entries(HELPERS).find(([start]) => id.startsWith(start));
  if (helper) return installed(helper[1]);
  return COMPILED.test(id) ? installed("assemblyscript") : folderOf(id);
}

function withInside(packages: readonly Installed[]): readonly Installed[] {
  const names = new Set(packages.map(({ name }) => name));
  const inside = packages.flatMap(({ name }) => INSIDE[name] ?? []).filter((name) => !names.has(name));
  return [...packages, ...[...new Set(inside)].map((name) => readInstalled(installed(name)))];
}

/**
 * Throws: a plain error when something is bundled that the bill of materials leaves out as a tool.
 */
export function refuseUnlisted(packages: readonly { readonly name: string }[], lock: string): void {
  const entries = Object.entries(
    (JSON.parse(lock) as { packages: Readonly<Record<string, { name?: string; dev?: boolean }>> }).packages,
  );
  const shipped = new Set<string>(SHIPPED_TOOLS);
  for (const [path, { name, dev }] of entries)
    if (dev !== true) shipped.add(name ?? path.replace(/^.*node_modules\//, ""));
  const unlisted = packages.filter(({ name }) => !shipped.has(name));
  if (unlisted.length > 0)
    throw new Error(
      `Bundled, and a tool by package.json: ${unlisted.map(({ name }) => name).join(", ")}. Make it a dependency, or name it in tools/licences/shipped-tools.ts.`,
    );
}
