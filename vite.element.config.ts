import { readFile } from "node:fs/promises";
import { defineConfig, type Plugin } from "vite";
import { createLicences } from "./tools/licences/licences-plugin.ts";

const PLAYGROUND = "src/element/playground";

/** The playground's page and style as they are, beside its script: no build step rewrites them. */
function playgroundPage(): Plugin {
  return {
    name: "sextant:playground-page",
    async generateBundle() {
      for (const name of ["index.html", "playground.css"])
        this.emitFile({
          type: "asset",
          fileName: `playground/${name}`,
          source: await readFile(`${PLAYGROUND}/${name}`),
        });
    },
  };
}

/** The elements for documentation sites: one small script, and what it loads when its input is focused; the playground beside. */
export default defineConfig({
  base: "./",
  publicDir: false,
  // `sextant index` puts Pagefind's files beside.
  plugins: [playgroundPage(), createLicences(["pagefind"]).main()],
  build: {
    outDir: "dist-lib/element",
    target: "es2022",
    modulePreload: false,
    rolldownOptions: {
      input: {
        "sextant-search": "src/element/index.ts",
        "playground/playground": `${PLAYGROUND}/main.ts`,
      },
      checks: { pluginTimings: false },
      // What reads pages for the index (YAML, Markdown) is in the same rooms and never runs in a reader's browser.
      treeshake: { moduleSideEffects: (id) => id.includes("/src/element/") },
      preserveEntrySignatures: "strict",
      output: { entryFileNames: "[name].js", chunkFileNames: "sextant-[name]-[hash].js" },
    },
  },
});
