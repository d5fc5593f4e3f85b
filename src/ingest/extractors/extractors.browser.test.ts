import { afterAll, expect, test } from "vitest";
import soup from "../golden/html/soup.html?raw";
import { unpack } from "../index.ts";

const fixtures = import.meta.glob<string>("../golden/files/*.{pdf,docx,epub,xlsx,ipynb}", {
  query: "?url",
  import: "default",
  eager: true,
});
const goldens = import.meta.glob<Record<string, unknown>>("../golden/files/*.golden.json", {
  import: "default",
  eager: true,
});

const worker = new Worker(new URL("../testing/ingest-test.worker.ts", import.meta.url), { type: "module" });
afterAll(() => worker.terminate());

function read(name: string, bytes: Uint8Array): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Record<string, unknown>>) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage({ name, bytes, kind: "document" });
  });
}

/** Everything but the cut, which Node's golden files make with another count of tokens. */
test.each(Object.entries(fixtures))("a worker reads %s as Node does", async (path, url) => {
  const name = path.split("/").at(-1) ?? "";
  const response = await fetch(url);
  const { drafts, ...rest } = await read(name, new Uint8Array(await response.arrayBuffer()));
  const { drafts: expected, ...golden } = goldens[`${path}.golden.json`] ?? {};
  delete golden["name"];
  expect(rest).toEqual(golden);
  expect(Array.isArray(drafts)).toBe(Array.isArray(expected));
});

test("of a page without marks the worker finds the main part, and runs nothing of it", async () => {
  const { drafts } = await read("soup.html", new TextEncoder().encode(soup));
  expect(JSON.stringify(drafts)).toContain("floats, anchored to reeds");
  expect(JSON.stringify(drafts)).not.toMatch(/Buy our mugs|Subscribe|Privacy/);
});

test("containers of other formats are not unpacked as folders", async () => {
  for (const [path, url] of Object.entries(fixtures)) {
    const content = new Uint8Array(await (await fetch(url)).arrayBuffer());
    const file = { name: path, content };
    for await (const part of unpack(file, "document")) expect(part).toBe(file);
  }
});

/** Two Chinese characters in a font that is named, not brought, and in an encoding of 1980. */
function chinesePdf(): Uint8Array {
  const shown = "BT /F1 24 Tf 60 700 Td <C4E3BAC3> Tj ET";
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> /Contents 6 0 R >>",
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /GBK-EUC-H /DescendantFonts [5 0 R] >>",
    "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 7 0 R >>",
    `<< /Length ${shown.length} >>\nstream\n${shown}\nendstream`,
    "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>",
  ];
  const body = objects.map((object, i) => `${i + 1} 0 obj\n${object}\nendobj\n`).join("");
  return new TextEncoder().encode(`%PDF-1.4\n${body}trailer\n<< /Size 8 /Root 1 0 R >>\n%%EOF\n`);
}

test("a PDF whose Chinese font is named only is read with the maps of this origin", async () => {
  const { text, code } = await read("hello.pdf", chinesePdf());
  expect([text, code]).toEqual([expect.stringContaining("你好"), undefined]);
});
