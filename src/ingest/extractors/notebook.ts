import { decodeFile } from "../decode.ts";
import { asRecord, readJson } from "../json-source.ts";
import { extensionOf } from "../importer.ts";
import type { Extracted, Extractor } from "../extractor.ts";

/**
 * Jupyter notebooks as Markdown: text cells as they are, code cells fenced, results left out.
 *
 * Source: nbformat 4, "The notebook file format".
 */
export const notebook: Extractor = {
  id: "notebook",
  extensions: [".ipynb"],
  kinds: ["document"],
  recognises: ({ name }) => extensionOf(name) === ".ipynb",
  async extract({ name, bytes }) {
    const { text } = decodeFile({ name, content: bytes });
    const root = await readJson({ name, text });
    const language = languageOf(root.member("metadata")?.value);
    const cells = (root.member("cells")?.elements ?? []).map((cell) => {
      const source = cellText(cell.member("source")?.value);
      return cell.member("cell_type")?.value === "code" ? fenced(source, language) : source;
    });
    const written = cells.filter((cell) => cell.trim() !== "").join("\n\n");
    return { text: `${written}\n`, form: "markdown", remarks: [] } satisfies Extracted;
  },
};

function languageOf(metadata: unknown): string {
  const { language_info: info, kernelspec: kernel } = asRecord({ value: metadata }) ?? {};
  const name = asRecord({ value: info })?.["name"] ?? asRecord({ value: kernel })?.["language"];
  return typeof name === "string" && /^[\w+#-]+$/.test(name) ? name : "";
}

function cellText(source: unknown): string {
  return Array.isArray(source) ? source.join("") : typeof source === "string" ? source : "";
}

/** With a fence longer than any in it. */
function fenced(code: string, language: string): string {
  if (code.trim() === "") return "";
  const longest = Math.max(2, ...Array.from(code.matchAll(/`{3,}/g), ([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${code.trimEnd()}\n${fence}`;
}
