import { isZip, openArchive, broken, tooLarge, type Archive } from "../archive.ts";
import type { Extracted, Extractor } from "../extractor.ts";
import { htmlToText } from "./html-text.ts";

const BODY = "word/document.xml";
/** Of all XML in it, unpacked: some thousand pages. */
const MAX_XML_BYTES = 64 * 2 ** 20;

/** Word documents: headings by their styles, lists, tables, footnotes. Pictures and comments are left out. */
export const docx: Extractor = {
  id: "docx",
  extensions: [".docx"],
  kinds: ["document", "chunk", "exchange"],
  recognises: async ({ name, bytes }) =>
    isZip(bytes) && (await openArchive(name, bytes)).names.includes(BODY),
  async extract({ name, bytes }) {
    const content = await withoutMedia(name, await openArchive(name, bytes));
    const { default: mammoth } = await import("mammoth");
    try {
      // Its build for Node reads `buffer`, its build for browsers `arrayBuffer`.
      const input = { buffer: content, arrayBuffer: content.buffer } as unknown as {
        arrayBuffer: ArrayBuffer;
      };
      const { value } = await mammoth.convertToHtml(input, {
        convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: "" })),
      });
      return { text: htmlToText(value), form: "extracted-text", remarks: [] } satisfies Extracted;
    } catch (error) {
      throw broken(name, `its Word document is damaged (${String(error)})`, error);
    }
  },
};

/** The document's XML packed anew. mammoth unpacks whatever a part refers to, without a limit: it is given no more than was counted. */
async function withoutMedia(name: string, archive: Archive): Promise<Uint8Array> {
  const { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } =
    await import("@zip.js/zip.js/lib/zip-core-native.js");
  const writer = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false, level: 0 });
  let size = 0;
  for (const path of archive.names.filter((one) => /\.(?:xml|rels)$/i.test(one))) {
    const part = await archive.read(path, MAX_XML_BYTES);
    size += part.length;
    if (size > MAX_XML_BYTES) throw tooLarge(name, MAX_XML_BYTES);
    await writer.add(path, new Uint8ArrayReader(part as Uint8Array<ArrayBuffer>));
  }
  return writer.close();
}
