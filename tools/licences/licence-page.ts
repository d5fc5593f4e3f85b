import { readFileSync } from "node:fs";
import { isAllowed } from "./allowed.ts";
import type { Installed } from "./installed.ts";

const OWN = new URL("../../LICENSE", import.meta.url);
const APACHE = new URL("../../public/samples/licences/Apache-2.0.txt", import.meta.url);

/** What a package does not say of itself. */
const REMARKS: Readonly<Record<string, string>> = {
  assemblyscript: "Parts of its standard library are compiled into the search kernels.",
  chromadb: "Its script holds @hey-api/client-fetch, by Hey API, under MIT.",
  rolldown: "A few lines by which its bundles load each other.",
  vite: "A few lines by which bundles load their parts.",
  "onnxruntime-web":
    "Its WebAssembly holds work of others under their licences, listed in ThirdPartyNotices.txt of github.com/microsoft/onnxruntime.",
  "@sqlite.org/sqlite-wasm": "SQLite itself, inside, is in the public domain.",
  "pdfjs-dist":
    "Its character maps are Adobe's, under BSD-3-Clause: github.com/adobe-type-tools/cmap-resources.",
};

/**
 * One file with the licence of everything that is shipped.
 *
 * Throws: a plain error that names each package under a licence that is not allowed, or whose text is known to nobody.
 */
export function formatLicences(packages: readonly Installed[]): string {
  const refused = packages.filter(({ license }) => !isAllowed(license));
  if (refused.length > 0)
    throw new Error(
      `Not to be shipped: ${refused.map(({ name, license }) => `${name} (${license})`).join(", ")}. Replace it, or say in tools/licences/allowed.ts why its licence fits.`,
    );
  const parts = packages
    .toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
    .map((one) => [title(one), REMARKS[one.name] ?? "", ...textsOf(one)].filter(Boolean).join("\n\n"));
  return [HEAD, ...parts, ""].join(`\n\n${"-".repeat(80)}\n\n`);
}

const HEAD = `Sextant is under the MIT licence. It is shipped with the work of others, each under its own licence, as follows.
The samples and the bundled model have their notices beside them: samples/NOTICE.md, models/mini/MODEL_CARD.md.`;

const title = ({ name, version, license, home }: Installed): string =>
  [`${name} ${version}`, license, home].filter(Boolean).join("\n");

function textsOf({ name, license, author, texts }: Installed): readonly string[] {
  if (texts.length > 0) return texts;
  const own = readFileSync(OWN, "utf8");
  if (license === "MIT")
    return [own.replace(/^Copyright.*$/m, `Copyright (c) ${author || `the authors of ${name}`}`).trim()];
  if (license === "Apache-2.0") return [readFileSync(APACHE, "utf8").trim()];
  throw new Error(`${name} brings no text of its licence (${license}).`);
}
