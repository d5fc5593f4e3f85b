import type { Plugin } from "vite";
import { formatHeadersFile, META_POLICY } from "./headers.ts";

/** Puts the content policy into the built page and writes `_headers` beside it, for hosts that set no headers. */
export function headersPlugin(): Plugin {
  return {
    name: "sextant:headers",
    apply: "build",
    transformIndexHtml: () => [
      {
        tag: "meta",
        attrs: { "http-equiv": "Content-Security-Policy", content: META_POLICY },
        injectTo: "head-prepend",
      },
    ],
    generateBundle() {
      this.emitFile({ type: "asset", fileName: "_headers", source: formatHeadersFile() });
    },
  };
}
