import { afterEach, expect, test, vi } from "vitest";
import { HOSTILE, HOSTILE_FILES, HOSTILE_LINE, MARK } from "../contract/testing/hostile.ts";
import { EXTRACTORS } from "./extractors/index.ts";
import { wordTools } from "./importers/importer.contract.ts";
import { IMPORTERS } from "./importers/index.ts";
import { importFile } from "./index.ts";
import { hostileDocx, hostileEpub, hostileXlsx } from "./testing/hostile-archives.ts";
import { textPdf } from "./testing/text-pdf.ts";

afterEach(() => vi.unstubAllGlobals());

/** Nothing is asked of anybody while a file is read. */
function forbidAsking(): void {
  for (const name of ["fetch", "XMLHttpRequest", "WebSocket", "EventSource"])
    vi.stubGlobal(name, () => {
      throw new Error(`${name} was called by an importer.`);
    });
}

const LINE = `compass ${HOSTILE_LINE}`;

const NOTEBOOK = JSON.stringify({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: { title: LINE },
  cells: [
    { cell_type: "markdown", metadata: {}, source: [`# ${LINE}\n`, "compass"] },
    {
      cell_type: "code",
      metadata: {},
      source: [LINE],
      outputs: [{ output_type: "display_data", data: { "text/html": [LINE] }, metadata: {} }],
    },
  ],
});

const ARCHIVES: Readonly<Record<string, () => Promise<Uint8Array>>> = {
  pdf: () =>
    Promise.resolve(
      textPdf(LINE.slice(0, 200), {
        root: "/OpenAction << /S /JavaScript /JS (globalThis.sextantRan=1) >> /AcroForm << /Fields [] >>",
        page: "/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (javascript:1) >> >>]",
      }),
    ),
  docx: () => hostileDocx(LINE, "javascript:globalThis.sextantRan=1"),
  epub: () => hostileEpub(LINE, HOSTILE[0] ?? ""),
  xlsx: () => hostileXlsx(LINE),
  notebook: () => Promise.resolve(new TextEncoder().encode(NOTEBOOK)),
};

/** Read by what another importer is tested with: pages of an extractor, and examples in one text. */
const SHARED = ["extracted-text", "example-prompts"];

test("every importer and every extractor has its hostile file", () => {
  const read = new Set([...HOSTILE_FILES.map(({ format }) => format), ...Object.keys(ARCHIVES), ...SHARED]);
  expect([...IMPORTERS, ...EXTRACTORS].map(({ id }) => id).filter((id) => !read.has(id))).toEqual([]);
});

test.each(Object.entries(ARCHIVES))(
  "%s: what it would run, open or send is not; it is read as text",
  async (id, make) => {
    const content = await make();
    forbidAsking();
    const { drafts } = await importFile(
      { name: `<b>.${id === "notebook" ? "ipynb" : id}`, content },
      "document",
      wordTools,
    );
    expect(drafts.map(({ text }) => text).join(" ")).toContain("compass");
    expect(globalThis).not.toHaveProperty(MARK);
  },
);

test.each(HOSTILE_FILES)(
  "$format: nothing runs, nothing is asked for, and what is read is plain text",
  async (file) => {
    forbidAsking();
    const { format, drafts } = await importFile(
      { name: file.name, content: file.content },
      file.kind,
      wordTools,
    );
    expect(format.split("/")[0]).toBe(file.format);
    expect(drafts.length).toBeGreaterThan(0);
    expect(JSON.parse(JSON.stringify(drafts))).toEqual(drafts);
    expect(drafts.map(({ text }) => text).join("\n")).toContain("compass");
    expect(globalThis).not.toHaveProperty(MARK);
  },
);
