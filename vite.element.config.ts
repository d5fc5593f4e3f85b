import { defineConfig } from "vite";

/** The elements for documentation sites: one small script, and what it loads when its input is focused. */
export default defineConfig({
  base: "./",
  publicDir: false,
  build: {
    outDir: "dist-lib/element",
    target: "es2022",
    modulePreload: false,
    rolldownOptions: {
      input: { "sextant-search": "src/element/index.ts" },
      checks: { pluginTimings: false },
      // What reads pages for the index (YAML, Markdown) is in the same rooms and never runs in a reader's browser.
      treeshake: { moduleSideEffects: (id) => id.includes("/src/element/") },
      preserveEntrySignatures: "strict",
      output: { entryFileNames: "[name].js", chunkFileNames: "sextant-[name]-[hash].js" },
    },
  },
});
