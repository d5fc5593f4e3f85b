import { readdir, readFile, stat } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { SextantError } from "../../contract/index.ts";
import { readMarkdown, readPage, type ReadPage, type Routes } from "../../site/index.ts";

export interface FoundPages {
  readonly from: "html" | "markdown";
  readonly pages: readonly ReadPage[];
  /** Pages that do not mark their body while others do. */
  readonly withoutBody: readonly string[];
  /** Files that are larger than a page can be. */
  readonly tooLarge: readonly string[];
}

/** Larger pages are lists made by machines; reading on would cost more than it helps. */
const LARGEST_BYTES = 32 * 2 ** 20;

/**
 * Reads the pages of a folder but those under `without`, by path: the HTML of a built site, or where there is none the
 * Markdown and MDX that one is built from.
 *
 * Throws: `ingest/no-records` where there is neither.
 */
export async function findPages(folder: string, without: string, routes: Routes): Promise<FoundPages> {
  const files = await filesOf(folder, resolve(without));
  const built = files.filter((file) => /\.html?$/i.test(file));
  const from = built.length > 0 ? "html" : "markdown";
  const tooLarge: string[] = [];
  const pages: ReadPage[] = [];
  for (const path of from === "html" ? built : files.filter(isSource)) {
    if ((await stat(join(folder, path))).size > LARGEST_BYTES) {
      tooLarge.push(path);
      continue;
    }
    const text = new TextDecoder().decode(await readFile(join(folder, path)));
    const page = from === "html" ? readPage(path, text) : readMarkdown(path, text, routes);
    if (page) pages.push(page);
  }
  if (pages.length === 0)
    throw new SextantError(
      "ingest/no-records",
      `${folder} holds no page. Build the site and name its output folder, or name a folder of Markdown.`,
    );
  if (!pages.some(({ marksBody }) => marksBody)) return { from, pages, withoutBody: [], tooLarge };
  return {
    from,
    pages: pages.filter(({ marksBody }) => marksBody),
    withoutBody: pages.filter(({ marksBody }) => !marksBody).map(({ page }) => page.path),
    tooLarge,
  };
}

/** Markdown, but none of what generators leave out: partials, and folders of tools. */
function isSource(file: string): boolean {
  const steps = file.split("/");
  return (
    /\.mdx?$/i.test(file) &&
    !steps.some((step) => step.startsWith("_") || step.startsWith(".") || step === "node_modules")
  );
}

async function filesOf(folder: string, without: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && /\.(?:html?|mdx?)$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !`${resolve(file)}${sep}`.startsWith(`${without}${sep}`))
    .map((file) => relative(folder, file).split(sep).join("/"))
    .sort();
}
