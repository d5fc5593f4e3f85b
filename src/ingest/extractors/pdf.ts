import type * as PdfJs from "pdfjs-dist";
import { SextantError } from "../../contract/index.ts";
import { broken, locked } from "../archive.ts";
import type { Extracted, Extractor, RawFile } from "../extractor.ts";
import { extensionOf } from "../importer.ts";
import { linesOf, pagesToText, type PdfLine } from "./pdf-lines.ts";

/** pdf.js builds matrices for drawing as it is loaded, which Node lacks; reading text never uses them. */
const DRAWING = ["DOMMatrix", "ImageData", "Path2D"];

/** As a value, so that a browser's build does not carry it twice. */
const NODE_WORKER = "pdfjs-dist/legacy/build/pdf.worker.mjs";

/** What is needed of Node's own modules, which this room is not compiled with. */
interface NodeProcess {
  getBuiltinModule(name: "module"): { createRequire(from: string): { resolve(specifier: string): string } };
}

/** PDF, with a form feed after each page. Pictures of text are not read. */
export const pdf: Extractor = {
  id: "pdf",
  extensions: [".pdf"],
  kinds: ["document", "chunk"],
  recognises: ({ name, bytes }) => headOf(bytes, extensionOf(name) === ".pdf" ? 1024 : 8).includes("%PDF-"),
  async extract(file) {
    const pages = await readPages(file);
    const empty = pages.filter((lines) => lines.length === 0).length;
    if (empty === pages.length)
      throw new SextantError(
        "ingest/no-records",
        `${file.name} has no text in its pages: they seem to be pictures. Run text recognition (OCR) over it and add the result.`,
        { pages: pages.length },
      );
    const { text, runningLines } = pagesToText(pages);
    return { text, form: "extracted-text", remarks: remarksOn(empty, runningLines) } satisfies Extracted;
  },
};

async function readPages({ name, bytes }: RawFile): Promise<PdfLine[][]> {
  const { pdfJs, worker, maps } = await loadPdfJs();
  const task = pdfJs.getDocument({
    data: bytes.slice(),
    ...(worker === null ? {} : { worker: pdfJs.PDFWorker.create({ port: worker }) }),
    cMapUrl: maps,
    cMapPacked: true,
    verbosity: pdfJs.VerbosityLevel.ERRORS,
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: worker !== null,
    stopAtErrors: false,
  });
  try {
    const document = await task.promise;
    const pages: PdfLine[][] = [];
    for (let number = 1; number <= document.numPages; number++) {
      const page = await document.getPage(number);
      const { items } = await page.getTextContent();
      pages.push(
        linesOf(
          items.flatMap((item) =>
            "str" in item ? [{ ...item, x: Number(item.transform[4]), y: Number(item.transform[5]) }] : [],
          ),
        ),
      );
      page.cleanup();
    }
    return pages;
  } catch (error) {
    const kind = error instanceof Error ? error.name : "";
    if (kind === "PasswordException") throw locked(name);
    throw broken(
      name,
      `its PDF is damaged (${error instanceof Error ? error.message : String(error)})`,
      error,
    );
  } finally {
    await task.destroy();
    worker?.terminate();
  }
}

/** In a browser pdf.js reads in a worker of its own, so that searching goes on beside it; Node has one thread for it. */
async function loadPdfJs(): Promise<{ pdfJs: typeof PdfJs; worker: Worker | null; maps: string }> {
  const scope = globalThis as Record<string, unknown>;
  for (const name of DRAWING) scope[name] ??= class {};
  const pdfJs = await import("pdfjs-dist/legacy/build/pdf.mjs");
  if (isBrowser()) {
    const url = new URL("pdfjs-dist/legacy/build/pdf.worker.min.mjs", import.meta.url);
    return { pdfJs, worker: new Worker(url, { type: "module" }), maps: mapsBeside(url) };
  }
  scope["pdfjsWorker"] ??= (await import(/* @vite-ignore */ NODE_WORKER)) as unknown;
  return { pdfJs, worker: null, maps: mapsInPackage() };
}

/** Node may have a `Worker` too, which does not work as a browser's: ONNX Runtime puts one there. */
function isBrowser(): boolean {
  return "window" in globalThis || "WorkerGlobalScope" in globalThis;
}

/**
 * Where the character maps of Chinese, Japanese and Korean fonts lie that a PDF names without bringing them: beside the
 * worker where the app was built, else in the package. Each is fetched when a file first asks for it.
 */
function mapsBeside(worker: URL): string {
  return new URL(worker.pathname.includes("/legacy/build/") ? "../../cmaps/" : "cmaps/", worker).href;
}

/** A path: pdf.js reads it as a file. */
function mapsInPackage(): string {
  const { process } = globalThis as unknown as { process: NodeProcess };
  const { resolve } = process.getBuiltinModule("module").createRequire(import.meta.url);
  return resolve("pdfjs-dist/package.json").replace(/package\.json$/, "cmaps/");
}

/** Some writers put a few bytes before the mark. */
function headOf(bytes: Uint8Array, length: number): string {
  return String.fromCharCode(...bytes.subarray(0, length));
}

function remarksOn(emptyPages: number, runningLines: number): string[] {
  return [
    emptyPages === 0 ? "" : `Pages without text, perhaps pictures, were left out: ${emptyPages}.`,
    runningLines === 0
      ? ""
      : `Heads and feet that return on most pages were left out: ${runningLines} lines.`,
  ].filter((remark) => remark !== "");
}
