import { afterAll, expect, test } from "vitest";
import soup from "../golden/html/soup.html?raw";
import { unpack } from "../index.ts";
import { chinesePdf } from "../testing/chinese-pdf.ts";

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

test("a PDF whose Chinese font is named only is read with the maps of this origin", async () => {
  const { text, code } = await read("hello.pdf", chinesePdf());
  expect([text, code]).toEqual([expect.stringContaining("你好"), undefined]);
});
