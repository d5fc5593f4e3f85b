export { principalAxes, projected, toUnit, type Axes } from "./build/principal-axes.ts";
export { writeSite, type LanguageParts, type SiteParts } from "./build/write-site.ts";
export {
  COMPARED_PASSAGES,
  openSite,
  type NearPassage,
  type Nearest,
  type ReadFile,
  type Site,
} from "./find/open-site.ts";
export { ENTRY_FILE, HASHED_NAME, type SiteEntry, type SiteFiles } from "./format.ts";
export { cutPassages, titleOf, type SitePassage } from "./pages/cut-passages.ts";
export type { PageSection, SitePage } from "./pages/page.ts";
export { toPlainHtml } from "./pages/plain-html.ts";
export { readMarkdown } from "./pages/read-markdown.ts";
export { readPage, type ReadPage } from "./pages/read-page.ts";
export { parseBase, parseGenerator, type Generator, type Routes } from "./pages/routes.ts";
export type { ShownPassage } from "./text-shard.ts";
