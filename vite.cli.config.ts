import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { createLicences } from "./tools/licences/licences-plugin.ts";
import { FOUND_BESIDE } from "./tools/package/manifest.ts";

const LEFT_OUT = fileURLToPath(new URL("tools/package/left-out-in-node.ts", import.meta.url));

/** The command line for Node, with the packages it is made of. */
export default defineConfig({
  publicDir: false,
  plugins: [createLicences().main()],
  resolve: { alias: { "onnxruntime-node": LEFT_OUT, sharp: LEFT_OUT } },
  ssr: { noExternal: true, external: [...FOUND_BESIDE] },
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
