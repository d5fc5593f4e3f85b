import { isZip, openArchive, broken } from "../archive.ts";
import type { Extracted, Extractor } from "../extractor.ts";
import { htmlToText } from "./html-text.ts";

const BODY = "word/document.xml";
/** Of the body's XML, unpacked: some thousand pages. */
const MAX_BODY_BYTES = 64 * 2 ** 20;

/** Word documents: headings by their styles, lists, tables, footnotes. Pictures and comments are left out. */
export const docx: Extractor = {
  id: "docx",
  extensions: [".docx"],
  kinds: ["document", "chunk", "exchange"],
  recognises: async ({ name, bytes }) =>
    isZip(bytes) && (await openArchive(name, bytes)).names.includes(BODY),
  async extract({ name, bytes }) {
    await (await openArchive(name, bytes)).read(BODY, MAX_BODY_BYTES);
    const { default: mammoth } = await import("mammoth");
    const content = bytes.slice();
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
