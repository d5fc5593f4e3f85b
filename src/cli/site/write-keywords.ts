import { SextantError } from "../../contract/index.ts";
import { toPlainHtml, type SitePage } from "../../site/index.ts";

/**
 * Has Pagefind index a folder of HTML, or pages that were read from Markdown, into a folder. Returns how many it took.
 *
 * Throws: `ingest/unreadable` with what Pagefind says.
 */
export async function writeKeywords(
  from: { readonly folder: string } | { readonly pages: readonly SitePage[] },
  outputPath: string,
): Promise<number> {
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
    let pages = 0;
    if ("folder" in from) {
      const added = await index.addDirectory({ path: from.folder });
      if (added.errors.length > 0) return refuse(added.errors);
      pages = added.page_count;
    } else
      for (const page of from.pages) {
        const added = await index.addHTMLFile({
          url: `/${page.path.replace(/(^|\/)index\.html$/, "$1")}`,
          content: toPlainHtml(page),
        });
        if (added.errors.length > 0) return refuse(added.errors);
        pages++;
      }
    const written = await index.writeFiles({ outputPath });
    if (written.errors.length > 0) return refuse(written.errors);
    return pages;
  } finally {
    await pagefind.close();
  }
}
