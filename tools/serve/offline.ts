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
      "*.{svg,png,ico,webmanifest}",
      "assets/**/*.{js,mjs,css,wasm,woff2}",
      "models/mini/**/*",
      "samples/**/*",
    ],
    globIgnores: ["assets/ort-wasm-simd-threaded.asyncify*"],
    maximumFileSizeToCacheInBytes: 32 * 1024 * 1024,
    // Names with a hash need no second check of their content.
    dontCacheBustURLsMatching: /^assets\//,
    navigateFallback: "index.html",
    cleanupOutdatedCaches: true,
    inlineWorkboxRuntime: true,
    runtimeCaching: [
      {
        // For browsers without JSPI: 27 MB, kept when first used.
        urlPattern: /\/assets\/ort-wasm-simd-threaded\.asyncify[^/]*$/,
        handler: "CacheFirst",
        options: { cacheName: "onnxruntime-asyncify" },
      },
    ],
  },
};
