/** A page of a documentation site as it is searched. */
export interface SitePage {
  /** From the site's root, without a leading slash: `guide/index.html`. */
  readonly path: string;
  readonly title: string;
  /** As `<html lang>` says, lower case; empty where it says nothing. */
  readonly language: string;
  readonly sections: readonly PageSection[];
  readonly filters: Readonly<Record<string, readonly string[]>>;
}

/** What stands under one heading. */
export interface PageSection {
  /** An id that is unique in its page; null where only the page's top can be pointed to. */
  readonly anchor: string | null;
  /** Headings from the second level down to this one; empty above the first. */
  readonly headings: readonly string[];
  /** Paragraphs, list items, rows and code blocks, each without line ends at its borders. */
  readonly blocks: readonly string[];
  /** 1 unless `data-pagefind-weight` says otherwise; 0 to 10. */
  readonly weight: number;
}
