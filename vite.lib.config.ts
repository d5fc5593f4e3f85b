import { defineConfig, type Plugin } from "vite";
import { createLicences } from "./tools/licences/licences-plugin.ts";
import { pdfMapsPlugin } from "./tools/serve/pdf-maps-plugin.ts";
import { WORKER_SAFE } from "./tools/serve/worker-safe.ts";
import { independentSessionsPlugin } from "./tools/transformers/independent-sessions-plugin.ts";

/** `new URL(new URL("x", import.meta.url).href, "" + import.meta.url)`, as Vite writes it under a relative base. */
const NESTED_URL =
  /new URL\(\s*(?:\/\* @vite-ignore \*\/\s*)?new URL\(([`"][^`"]+[`"]),\s*import\.meta\.url\)\.href,\s*[`"]{2}\s*\+\s*import\.meta\.url\)/g;

/** Writes `new Worker(new URL("x", import.meta.url))`, the one form that an embedder's bundler follows. */
function plainWorkerUrls(): Plugin {
  return {
    name: "sextant:plain-worker-urls",
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle))
        if (file.type === "chunk")
          file.code = file.code.replaceAll(NESTED_URL, "new URL($1, import.meta.url)");
    },
  };
}

const licences = createLicences();

export default defineConfig({
  base: "./",
  publicDir: false,
  plugins: [plainWorkerUrls(), licences.main(), pdfMapsPlugin()],
  resolve: { conditions: WORKER_SAFE },
  worker: { format: "es", plugins: () => [independentSessionsPlugin(), licences.worker()] },
  build: {
    outDir: "dist-lib",
    target: "es2024",
    assetsInlineLimit: 0,
    modulePreload: false,
    chunkSizeWarningLimit: 1000,
    // Not `build.lib`, which inlines every asset: the runtime alone is 17 MB of WebAssembly.
    rolldownOptions: {
      input: "src/index.ts",
      checks: { pluginTimings: false },
      preserveEntrySignatures: "strict",
      output: { entryFileNames: "index.js" },
    },
  },
});
