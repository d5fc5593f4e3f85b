import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitepress";
import { codeTheme, colourByClass } from "./build/code-colours.ts";
import { alignByClass } from "./build/align-by-class.ts";
import { copyAsText } from "./build/copy-as-text.ts";
import { createStrictPages } from "./build/strict-pages.ts";
import { keepOutsideLinks } from "./build/outside-links.ts";
import { sidebarOf } from "./build/sidebar.ts";

const DOCS = fileURLToPath(new URL("..", import.meta.url));
const strict = createStrictPages();

/** Our own documentation. `npm run docs:build` builds it and its search index; decision 0009 says why this generator. */
export default defineConfig({
  title: "Sextant",
  description: "LLM-Embedder in the browser: one embedder, six retrieval tasks, on the device",
  lang: "en",
  cacheDir: "../node_modules/.cache/vitepress",
  rewrites: { "README.md": "index.md" },
  // A passing style sheet of its own at each change of light and dark is what a strict policy refuses.
  appearance: { disableTransition: false },
  themeConfig: {
    sidebar: sidebarOf(DOCS),
    outline: { level: [2, 3] },
    externalLinkIcon: true,
  },
  markdown: {
    theme: codeTheme,
    codeTransformers: [colourByClass],
    config(md) {
      md.use(alignByClass);
      md.use(keepOutsideLinks, DOCS);
    },
  },
  vite: { plugins: [copyAsText()] },
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith("sextant-") } } },
  transformHead: ({ siteData: { base } }) => [
    ["link", { rel: "icon", type: "image/svg+xml", href: `${base}sextant.svg` }],
    ["script", { type: "module", src: `${base}sextant/sextant-search.js` }],
  ],
  transformHtml: (html, _, { siteData: { base } }) => strict.cleared(markBody(html), base),
  async buildEnd({ outDir }) {
    await strict.write(outDir);
    await copyFile(join(DOCS, "../public/icons/sextant.svg"), join(outDir, "sextant.svg"));
  },
});

/** What Pagefind and the index take of a page: not the sidebar, nor the bar above. */
function markBody(html: string): string {
  return html.replace(/<main\b/, "<main data-pagefind-body");
}
