import type { Extractor, RawFile } from "../extractor.ts";
import { docx } from "./docx.ts";
import { epub } from "./epub.ts";
import { notebook } from "./notebook.ts";
import { pdf } from "./pdf.ts";
import { xlsx } from "./xlsx.ts";

/** Every format that is not text; the first that recognises a file reads it. */
export const EXTRACTORS: readonly Extractor[] = [pdf, docx, epub, xlsx, notebook];

export async function findExtractor(file: RawFile): Promise<Extractor | null> {
  for (const extractor of EXTRACTORS) if (await extractor.recognises(file)) return extractor;
  return null;
}
