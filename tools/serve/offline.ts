import type { VitePWAOptions } from "vite-plugin-pwa";

/**
 * What is kept for use without a network: everything that a visit may need. A new version is offered to the
 * page (`virtual:pwa-register`), never forced on it.
 */
export const OFFLINE: Partial<VitePWAOptions> = {
  registerType: "prompt",
  injectRegister: null,
  manifest: false,
  workbox: {
    globPatterns: [
      "index.html",
      "icons/**/*",
      "*.webmanifest",
      "assets/**/*.{js,mjs,css,wasm,woff2}",
      "models/mini/**/*",
      "samples/**/*",
    ],
    // Left out: what browsers without JSPI need (27 MB), and a worker of SQLite's that nobody starts.
    globIgnores: ["assets/ort-wasm-simd-threaded.asyncify*", "assets/sqlite3-worker1*"],
    maximumFileSizeToCacheInBytes: 32 * 1024 * 1024,
    // Names with a hash need no second check of their content.
    dontCacheBustURLsMatching: /^assets\//,
    navigateFallback: "index.html",
    cleanupOutdatedCaches: true,
    inlineWorkboxRuntime: true,
    runtimeCaching: [
      {
        urlPattern: /\/assets\/ort-wasm-simd-threaded\.asyncify[^/]*$/,
        handler: "CacheFirst",
        options: { cacheName: "onnxruntime-asyncify" },
      },
      {
        urlPattern: /\/assets\/cmaps\/[^/]*\.bcmap$/,
        handler: "CacheFirst",
        options: { cacheName: "pdf-character-maps" },
      },
    ],
  },
};
