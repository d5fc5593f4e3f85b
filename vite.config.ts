import react from "@vitejs/plugin-react";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { CHROMIUM_ARGS, findChromium } from "./tools/chromium/find.ts";
import { createLicences } from "./tools/licences/licences-plugin.ts";
import { headersPlugin } from "./tools/serve/headers-plugin.ts";
import { ISOLATION_HEADERS } from "./tools/serve/headers.ts";
import { pdfMapsPlugin } from "./tools/serve/pdf-maps-plugin.ts";
import { offlinePlugin } from "./tools/serve/offline-plugin.ts";
import { WORKER_SAFE } from "./tools/serve/worker-safe.ts";
import { independentSessionsPlugin } from "./tools/transformers/independent-sessions-plugin.ts";

const chromium = findChromium();
const licences = createLicences();

export default defineConfig({
  plugins: [
    react(),
    licences.main(),
    headersPlugin(),
    pdfMapsPlugin(),
    offlinePlugin(),
    independentSessionsPlugin(),
  ],
  resolve: { conditions: WORKER_SAFE },
  worker: { format: "es", plugins: () => [independentSessionsPlugin(), licences.worker()] },
  server: { headers: ISOLATION_HEADERS },
  preview: { headers: ISOLATION_HEADERS },
  build: {
    target: "es2024",
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1000,
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  optimizeDeps: {
    exclude: ["@sqlite.org/sqlite-wasm", "onnxruntime-web", "@xenova/transformers", "pdfjs-dist"],
    // Asked for late and in a worker, where the scan for dependencies does not look.
    include: ["@zip.js/zip.js/lib/zip-core-native.js", "mammoth", "yaml"],
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "node",
          environment: "node",
          // One process for all files: to start one for each, and import it all again, took a third of the time.
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          include: ["{src,tools,bench}/**/*.test.{ts,tsx}"],
          exclude: ["**/*.browser.test.*", "**/*.gpu.test.*", "**/node_modules/**"],
        },
      },
      {
        extends: true,
        test: {
          name: "browser",
          include: ["src/**/*.browser.test.{ts,tsx}", "src/**/*.gpu.test.ts"],
          testTimeout: 60_000,
          // A second, Vitest's own, is too short for a picture to be drawn while another worker has the cores.
          expect: { poll: { timeout: 20_000 } },
          // As journeys are: a shared machine may take its cores away for longer than any patience.
          retry: process.env["CI"] ? 1 : 0,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                ...(chromium === null ? {} : { executablePath: chromium }),
                args: [...CHROMIUM_ARGS],
              },
            }),
            instances: [{ browser: "chromium" }],
          },
        },
      },
    ],
  },
});
