import { defineConfig } from "vite";
import { createLicences } from "./tools/licences/licences-plugin.ts";

/** The command line for Node: rooms in one place, packages as they are installed. */
export default defineConfig({
  publicDir: false,
  plugins: [createLicences().main()],
  // The client alone, without the server that comes along with its package for the tests.
  ssr: { noExternal: ["chromadb"] },
  build: {
    ssr: "src/cli/main.ts",
    outDir: "dist-lib/cli",
    target: "node20",
    rolldownOptions: {
      checks: { pluginTimings: false },
      output: {
        banner: (chunk) => (chunk.isEntry ? "#!/usr/bin/env node" : ""),
        // As deep as in src, because the bundled model is found from there.
        chunkFileNames: "[name]-[hash].js",
      },
    },
  },
});
