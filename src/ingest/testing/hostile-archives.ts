import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from "@zip.js/zip.js/lib/zip-core-native.js";

/** A zip file of texts by their paths. */
export async function zipOf(files: Readonly<Record<string, string>>): Promise<Uint8Array> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false });
  for (const [name, text] of Object.entries(files))
    await writer.add(name, new Uint8ArrayReader(new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>));
  return writer.close();
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const relations = (all: string): string =>
  `<Relationships xmlns="${PACKAGE}/relationships">${all}</Relationships>`;
const rootRelation = (target: string): string =>
  relations(`<Relationship Id="r1" Type="${OFFICE}/officeDocument" Target="${target}"/>`);
const types = (part: string, type: string): string =>
  `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="${part}" ContentType="application/vnd.openxmlformats-officedocument.${type}.main+xml"/></Types>`;

/** A Word file with this body. */
export function docxOf(
  body: string,
  { links = "", parts = {} }: { readonly links?: string; readonly parts?: Readonly<Record<string, string>> },
): Promise<Uint8Array> {
  return zipOf({
    "[Content_Types].xml": types("/word/document.xml", "wordprocessingml.document"),
    "_rels/.rels": rootRelation("word/document.xml"),
    "word/_rels/document.xml.rels": relations(links),
    "word/document.xml": `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="${OFFICE}"><w:body>${body}</w:body></w:document>`,
    ...parts,
  });
}

/** A Word file whose heading, text and link are hostile. */
export function hostileDocx(text: string, address: string): Promise<Uint8Array> {
  const run = `<w:r><w:t>${escaped(text)}</w:t></w:r>`;
  return docxOf(
    `<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>${run}</w:p><w:p><w:hyperlink r:id="r9">${run}</w:hyperlink></w:p>`,
    {
      links: `<Relationship Id="r9" Type="${OFFICE}/hyperlink" Target="${escaped(address)}" TargetMode="External"/>`,
    },
  );
}

/** A book of one chapter that is hostile and brings a script of its own. */
export function hostileEpub(text: string, html: string): Promise<Uint8Array> {
  return zipOf({
    mimetype: "application/epub+zip",
    "META-INF/container.xml": `<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="b.opf" media-type="application/oebps-package+xml"/></rootfiles></container>`,
    "b.opf": `<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escaped(text)}</dc:title></metadata><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>`,
    "a.xhtml": `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>${escaped(text)}</title><script src="a.js"></script></head><body><h1>${escaped(text)}</h1><p>${escaped(text)}</p>${html}</body></html>`,
    "a.js": "globalThis.sextantRan=1",
  });
}

/** A table whose header and cells are hostile, one of them a formula. */
export function hostileXlsx(text: string): Promise<Uint8Array> {
  const cell = (at: string, more = ""): string =>
    `<c r="${at}" t="inlineStr">${more}<is><t>${escaped(text)}</t></is></c>`;
  return zipOf({
    "[Content_Types].xml": types("/xl/workbook.xml", "spreadsheetml.sheet"),
    "_rels/.rels": rootRelation("xl/workbook.xml"),
    "xl/_rels/workbook.xml.rels": relations(
      `<Relationship Id="r1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>`,
    ),
    "xl/workbook.xml": `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${OFFICE}"><sheets><sheet name="&lt;b&gt;" sheetId="1" r:id="r1"/></sheets></workbook>`,
    "xl/worksheets/sheet1.xml": `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">${cell("A1")}${cell("B1")}</row><row r="2">${cell("A2")}<c r="B2"><f>HYPERLINK("javascript:1","x")</f><v>7</v></c></row></sheetData></worksheet>`,
  });
}
