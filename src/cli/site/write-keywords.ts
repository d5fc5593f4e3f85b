import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { SextantError } from "../../contract/index.ts";
import { toPlainHtml } from "../../site/index.ts";
import type { FoundPages } from "./find-pages.ts";

/** A page as Pagefind takes it: at an address, or in a file of the built site, whose address follows from its path. */
export type KeywordPage = { readonly content: string } & (
  { readonly url: string } | { readonly sourcePath: string }
);

/**
 * Has Pagefind index pages into a folder. Returns how many it took.
 *
 * Throws: `ingest/unreadable` with what Pagefind says.
 */
export async function writeKeywords(pages: AsyncIterable<KeywordPage>, outputPath: string): Promise<number> {
  const pagefind = await import("pagefind");
  const refuse = (errors: readonly string[]): never => {
    throw new SextantError(
      "ingest/unreadable",
      `Pagefind: ${errors.join("; ")}. Mend the page and run it again.`,
    );
  };
  try {
    const { index, errors } = await pagefind.createIndex({});
    if (!index) return refuse(errors);
    let taken = 0;
    for await (const page of pages) {
      const added = await index.addHTMLFile(page);
      if (added.errors.length > 0) return refuse(added.errors);
      taken++;
    }
    const written = await index.writeFiles({ outputPath });
    if (written.errors.length > 0) return refuse(written.errors);
    return taken;
  } finally {
    await pagefind.close();
  }
}

/** The pages that were found and no others: as they are built, or as they were read from Markdown. */
export async function* keywordPages(
  folder: string,
  { from, pages }: Pick<FoundPages, "from" | "pages">,
): AsyncGenerator<KeywordPage> {
  for (const { page } of pages)
    yield from === "html"
      ? { sourcePath: page.path, content: await readFile(join(folder, page.path), "utf8") }
      : { url: `/${page.path.replace(/(^|\/)index\.html$/, "$1")}`, content: toPlainHtml(page) };
}
