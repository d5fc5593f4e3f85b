import { SextantError } from "../../contract/index.ts";

/**
 * Has Pagefind index the same pages into a folder. Returns how many it took.
 *
 * Throws: `ingest/unreadable` with what Pagefind says.
 */
export async function writeKeywords(folder: string, outputPath: string): Promise<number> {
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
    const added = await index.addDirectory({ path: folder });
    if (added.errors.length > 0) return refuse(added.errors);
    const written = await index.writeFiles({ outputPath });
    if (written.errors.length > 0) return refuse(written.errors);
    return added.page_count;
  } finally {
    await pagefind.close();
  }
}
