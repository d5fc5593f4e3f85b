import { readFileSync } from "node:fs";
import type { Kind } from "../../src/contract/index.ts";

const GOLDEN = new URL("../../src/ingest/golden/", import.meta.url);

/** Files to measure with: a small real one made large by repetition, or as it is where a container cannot be repeated. */
export interface Material {
  readonly kind: Kind;
  readonly name: string;
  /** About `bytes` long. */
  make(bytes: number): Uint8Array;
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (path: string): string => readFileSync(new URL(path, GOLDEN), "utf8");
const repeat = (text: string, bytes: number): string =>
  Array.from({ length: Math.max(1, Math.round(bytes / text.length)) }, (_, i) =>
    text.replace("1", String(i + 1)),
  ).join("\n");

/** A text that stays what it is when it is repeated. */
function repeated(kind: Kind, path: string): Material {
  return { kind, name: path.split("/").at(-1) ?? "", make: (bytes) => utf8(repeat(read(path), bytes)) };
}

/** A JSON array whose elements are repeated. */
function elements(kind: Kind, path: string): Material {
  const inner = (): string => read(path).trim().slice(1, -1);
  return {
    kind,
    name: path.split("/").at(-1) ?? "",
    make: (bytes) => utf8(`[${repeat(`${inner()},`, bytes)}{}]`),
  };
}

function asItIs(kind: Kind, path: string): Material {
  return {
    kind,
    name: path.split("/").at(-1) ?? "",
    make: () => new Uint8Array(readFileSync(new URL(path, GOLDEN))),
  };
}

/** A PDF of many pages of text, as a simple writer makes it: nothing packed, one font. */
function pdfOf(pages: number): Uint8Array {
  const lines =
    read("plain-text/letter.txt")
      .replace(/[^ -~\n]|[()\\]/g, "")
      .match(/.{1,80}/g) ?? [];
  const objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""];
  objects.push("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
  const kids: string[] = [];
  for (let page = 1; page <= pages; page++) {
    const text = Array.from({ length: 45 }, (_, i) => lines[(page * 7 + i) % lines.length] ?? "");
    const shown = [`Page ${page}`, ...text].map((line) => `(${line}) Tj T*`).join("\n");
    const stream = `BT /F1 11 Tf 14 TL 60 780 Td\n${shown}\nET`;
    kids.push(`${objects.length + 1} 0 R`);
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${objects.length + 2} 0 R >>`,
      `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    );
  }
  objects[1] = `<< /Type /Pages /Count ${pages} /Kids [${kids.join(" ")}] >>`;
  let text = "%PDF-1.4\n";
  const offsets = objects.map((object, i) => {
    const at = text.length;
    text += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("");
  const size = objects.length + 1;
  return utf8(
    `${text}xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`,
  );
}

export const MATERIAL: Readonly<Record<string, Material>> = {
  markdown: repeated("document", "markdown/harbour.md"),
  html: repeated("document", "html/page.html"),
  text: repeated("document", "plain-text/letter.txt"),
  code: repeated("document", "source-code/shapes.py"),
  table: repeated("document", "table-rows/harbours.csv"),
  pdf: asItIs("document", "files/tides.pdf"),
  "pdf-500-pages": { kind: "document", name: "book.pdf", make: () => pdfOf(500) },
  docx: asItIs("document", "files/club.docx"),
  epub: asItIs("document", "files/walks.epub"),
  xlsx: asItIs("document", "files/faq.xlsx"),
  chatgpt: elements("exchange", "chat-json/chatgpt.json"),
  transcript: repeated("exchange", "transcript/kitchen.txt"),
  whatsapp: repeated("exchange", "whatsapp/ios.txt"),
  examples: repeated("example", "example-json/flan.jsonl"),
  tools: repeated("tool", "tool-specs/toolbench.jsonl"),
  "long-text": repeated("chunk", "long-text/walk.txt"),
};
