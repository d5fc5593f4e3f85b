import { broken, isZip, openArchive } from "../archive.ts";
import type { Extracted, Extractor } from "../extractor.ts";
import { htmlToText } from "./html-text.ts";
import { readXml } from "./xml.ts";

const CONTAINER = "META-INF/container.xml";
const MAX_PART_BYTES = 32 * 2 ** 20;

/**
 * EPUB books: the chapters in reading order, the table of contents left out.
 *
 * Source: EPUB 3.3, Package Document and Open Container Format.
 */
export const epub: Extractor = {
  id: "epub",
  extensions: [".epub"],
  kinds: ["document", "chunk"],
  recognises: async ({ name, bytes }) =>
    isZip(bytes) && (await openArchive(name, bytes)).names.includes(CONTAINER),
  async extract({ name, bytes }) {
    const archive = await openArchive(name, bytes);
    const packagePath = rootFile((await archive.text(CONTAINER, MAX_PART_BYTES)) ?? "");
    const description = await archive.text(packagePath, MAX_PART_BYTES);
    if (description === null) throw broken(name, "its list of chapters is missing");
    const texts: string[] = [];
    let missing = 0;
    for (const path of chapterPaths(description, packagePath)) {
      const chapter = await archive.text(path, MAX_PART_BYTES);
      if (chapter === null) missing++;
      else texts.push(htmlToText(chapter));
    }
    const remarks =
      missing === 0 ? [] : [`Chapters that the book names but does not hold were left out: ${missing}.`];
    const text = texts.filter((one) => one !== "").join("\n\n");
    return { text, form: "extracted-text", remarks } satisfies Extracted;
  },
};

function rootFile(container: string): string {
  let path = "";
  readXml(container, {
    open(name, attributes) {
      if (name === "rootfile" && path === "") path = attributes["full-path"] ?? "";
    },
  });
  return path;
}

function chapterPaths(description: string, packagePath: string): string[] {
  const hrefs = new Map<string, string>();
  const spine: string[] = [];
  readXml(description, {
    open(name, { id = "", href = "", idref = "", properties = "" }) {
      if (name === "item" && !properties.split(" ").includes("nav")) hrefs.set(id, href);
      if (name === "itemref") spine.push(idref);
    },
  });
  return spine
    .map((id) => hrefs.get(id))
    .filter((href) => href !== undefined)
    .map((href) => resolvePath(packagePath, href));
}

/** A path beside another within the archive. */
function resolvePath(from: string, href: string): string {
  const base = `https://book.invalid/${from}`;
  try {
    return decodeURIComponent(new URL(href, base).pathname.slice(1));
  } catch {
    return href;
  }
}
