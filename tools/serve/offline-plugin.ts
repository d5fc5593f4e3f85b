import { join, resolve } from "node:path";
import { build, type Plugin } from "vite";
import { listAppFiles, writeAppFiles } from "./app-files.ts";

/** Builds the service worker, which knows every file of the finished build by its digest. */
export function offlinePlugin(): Plugin {
  let dist = "";
  return {
    name: "sextant:offline",
    apply: "build",
    configResolved: ({ root, build: { outDir } }) => {
      dist = resolve(root, outDir);
    },
    async closeBundle() {
      await build({
        configFile: false,
        publicDir: false,
        logLevel: "warn",
        build: {
          outDir: dist,
          emptyOutDir: false,
          target: "es2024",
          rolldownOptions: {
            input: "src/offline/service-worker.ts",
            output: { format: "iife", entryFileNames: "sw.js" },
          },
        },
      });
      writeAppFiles(join(dist, "sw.js"), listAppFiles(dist));
    },
  };
}
