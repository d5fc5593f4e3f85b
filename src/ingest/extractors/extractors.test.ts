import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker as ThreadWorker } from "node:worker_threads";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { createRng } from "../../base/rng.ts";
import { isSextantError, type Kind } from "../../contract/index.ts";
import { wordTools } from "../importers/importer.contract.ts";
import { importFile, reimport } from "../index.ts";
import { chinesePdf } from "../testing/chinese-pdf.ts";
import { EXTRACTORS, findExtractor } from "./index.ts";

const FOLDER = new URL("../golden/files/", import.meta.url);
const files = readdirSync(FOLDER).filter((name) => !name.endsWith(".golden.json"));
const bytesOf = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(name, FOLDER)));
const read = (name: string, content = bytesOf(name), kind: Kind = "document") =>
  importFile({ name, content }, kind, wordTools);

test("every format has a file made by another program", () => {
  for (const { extensions } of EXTRACTORS)
    expect(files.some((name) => extensions.some((extension) => name.endsWith(extension)))).toBe(true);
});

test.each(files)("%s is read as its golden file says, or refused so", async (name) => {
  const outcome = await read(name).catch((error: unknown) => error);
  const shown = isSextantError(outcome) ? { code: outcome.code, message: outcome.message } : outcome;
  const golden = fileURLToPath(new URL(`${name}.golden.json`, FOLDER));
  await expect(`${JSON.stringify(shown, null, 2)}\n`).toMatchFileSnapshot(golden);
});

test.each(files)("%s is known by its content under any name", async (name) => {
  if (name.endsWith(".ipynb")) return;
  const known = await findExtractor({ name: "renamed.txt", bytes: bytesOf(name) });
  expect(known?.extensions.some((extension) => name.endsWith(extension))).toBe(true);
});

test("a PDF is read in Node also when a model has put its own kind of worker there", async () => {
  vi.stubGlobal("Worker", ThreadWorker);
  onTestFinished(() => void vi.unstubAllGlobals());
  expect((await read("tides.pdf")).text).toContain("tide");
});

test("what was extracted is cut the same way again from the text that was kept", async () => {
  for (const name of ["tides.pdf", "club.docx", "faq.xlsx", "walks.epub", "tide.ipynb"]) {
    const first = await read(name);
    expect(await reimport(first, "document", wordTools)).toEqual(first.drafts);
  }
});

test("other kinds are cut out of the same files", async () => {
  const chunks = await read("walks.epub", bytesOf("walks.epub"), "chunk");
  expect(chunks.drafts.map(({ text }) => text).join("")).toBe(chunks.text);
  const examples = await read("faq.xlsx", bytesOf("faq.xlsx"), "example");
  expect(examples.drafts[0]?.record).toMatchObject({ input: "When does the museum open?" });
  await expect(read("tides.pdf", bytesOf("tides.pdf"), "tool")).rejects.toMatchObject({
    code: "ingest/no-records",
  });
});

test("a PDF whose Chinese font is named only is read with the maps of the package", async () => {
  expect((await read("hello.pdf", chinesePdf())).text).toContain("你好");
});

test("a docx that is HTML is read as the page that it is", async () => {
  const page = new TextEncoder().encode("<!doctype html><title>T</title><p>Saved by an old program.</p>");
  expect(await read("letter.docx", page)).toMatchObject({ format: "html/2" });
});

describe("damaged files are refused with a code, or read soundly", () => {
  test.each(files)("%s", async (name) => {
    const rng = createRng(11);
    const whole = bytesOf(name);
    for (let round = 0; round < 12; round++) {
      const damaged = whole.slice(0, round % 3 === 0 ? Math.floor(rng() * whole.length) : whole.length);
      for (let hit = 0; hit < 1 + round; hit++)
        damaged[Math.floor(rng() * damaged.length)] = Math.floor(rng() * 256);
      const outcome = await read(name, damaged).catch((error: unknown) => error);
      if (outcome instanceof Error) expect(isSextantError(outcome) && outcome.code).toMatch(/^ingest\//);
    }
  });
});
