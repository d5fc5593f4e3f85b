import { readdir, readFile } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { SextantError } from "../../contract/index.ts";
import { readPage, type ReadPage } from "../../site/index.ts";

export interface FoundPages {
  readonly pages: readonly ReadPage[];
  /** Pages that do not mark their body while others do. */
  readonly withoutBody: readonly string[];
}

/** Larger pages are lists made by machines; reading on would cost more than it helps. */
const LARGEST_BYTES = 32 * 2 ** 20;

/**
 * Reads every HTML page of a folder but those under `without`, by path.
 *
 * Throws: `ingest/no-records` where there is none.
 */
export async function findPages(folder: string, without: string): Promise<FoundPages> {
  const pages: ReadPage[] = [];
  for (const path of await htmlFiles(folder, resolve(without))) {
    const bytes = await readFile(join(folder, path));
    if (bytes.byteLength > LARGEST_BYTES) continue;
    pages.push(readPage(path, new TextDecoder().decode(bytes)));
  }
  if (pages.length === 0)
    throw new SextantError(
      "ingest/no-records",
      `${folder} holds no HTML page. Build the site first and name its output folder.`,
    );
  if (!pages.some(({ marksBody }) => marksBody)) return { pages, withoutBody: [] };
  return {
    pages: pages.filter(({ marksBody }) => marksBody),
    withoutBody: pages.filter(({ marksBody }) => !marksBody).map(({ page }) => page.path),
  };
}

async function htmlFiles(folder: string, without: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.html?$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !`${resolve(file)}${sep}`.startsWith(`${without}${sep}`))
    .map((file) => relative(folder, file).split(sep).join("/"))
    .sort();
}
