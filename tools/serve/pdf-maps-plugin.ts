import { readdirSync, readFileSync } from "node:fs";
import type { Plugin } from "vite";

const MAPS = new URL("../../node_modules/pdfjs-dist/cmaps/", import.meta.url);

/** Writes the character maps of pdf.js beside its worker, where `src/ingest/extractors/pdf.ts` looks for them. */
export function pdfMapsPlugin(): Plugin {
  return {
    name: "sextant:pdf-maps",
    apply: "build",
    generateBundle() {
      for (const name of readdirSync(MAPS))
        this.emitFile({
          type: "asset",
          fileName: `assets/cmaps/${name}`,
          source: readFileSync(new URL(name, MAPS)),
        });
    },
  };
}
