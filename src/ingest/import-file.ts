import {
  ACCEPTED,
  isSextantError,
  SextantError,
  type ImportOptions,
  type InputFile,
  type Kind,
  type Notice,
  type PassageDraft,
  type ReadColumns,
} from "../contract/index.ts";
import { checkSize, decodeFile, empty, MAX_BYTES, MAX_FILE_BYTES } from "./decode.ts";
import type { Extracted } from "./extractor.ts";
import { findExtractor } from "./extractors/index.ts";
import { hasExtension, type Importer, type IngestTools, type Parsed, type SourceText } from "./importer.ts";
import { IMPORTERS } from "./importers/index.ts";

/** A file cut into passages. */
export interface Imported {
  readonly name: string;
  /** Importer id and version, and how it was told to read: `markdown/1`, `example-table/3?input=q&output=a`. */
  readonly format: string;
  /** What the passages' spans point into. */
  readonly text: string;
  readonly drafts: readonly PassageDraft[];
  readonly notices: readonly Notice[];
  /** Of a table of examples: which columns were read, for confirming. */
  readonly columns?: ReadColumns;
}

const PASTE_NAME = "Pasted text";

/**
 * Reads a file or paste as passages of one kind.
 *
 * Throws: `ingest/*`; nothing of the file was taken then.
 */
export async function importFile(
  file: InputFile,
  kind: Kind,
  tools: IngestTools,
  wished: ImportOptions = {},
): Promise<Imported> {
  const name = file.name.toWellFormed().trim() || PASTE_NAME;
  const { text, form, remarks: remarksOnText, options: known } = await readText(name, file.content, kind);
  const options = { ...wished, ...known };
  const source = { name, text };
  const importer = kind === "document" && form !== null ? importerNamed(form) : importerFor(source, kind);
  const { drafts, remarks, columns } = await parseWith(importer, source, tools, options);
  if (drafts.length === 0) throw withoutRecords(name, kind);
  const notices = [...remarksOnText, ...remarks].map((message): Notice => ({
    level: "warning",
    code: "ingest/inexact",
    file: name,
    message,
  }));
  const format = formatOf(importer, options);
  return { name, format, text, drafts, notices, ...(columns === undefined ? {} : { columns }) };
}

/**
 * Cuts a stored source into the same passages again, for going on where indexing stopped.
 *
 * Throws: `ingest/unreadable` when this version of Sextant would cut it differently.
 */
export async function reimport(
  source: SourceText & { readonly format: string },
  kind: Kind,
  tools: IngestTools,
): Promise<readonly PassageDraft[]> {
  const [format, given] = source.format.split("?");
  const importer = IMPORTERS.find((one) => one.kind === kind && formatOf(one) === format);
  if (importer === undefined)
    throw new SextantError(
      "ingest/unreadable",
      `${source.name} was cut by another version of Sextant (${source.format}). Remove it and add it again.`,
      { format: source.format },
    );
  const options: ImportOptions = Object.fromEntries(new URLSearchParams(given));
  return (await parseWith(importer, { name: source.name, text: source.text }, tools, options)).drafts;
}

/** The text that is kept: a text file's own, or what an extractor makes of another. */
async function readText(
  name: string,
  content: InputFile["content"],
  kind: Kind,
): Promise<Omit<Extracted, "form"> & { readonly form: Extracted["form"] | null }> {
  const extractor = typeof content === "string" ? null : await findExtractor({ name, bytes: content });
  if (extractor === null || typeof content === "string") {
    const { text, replaced, guessed } = decodeFile({ name, content });
    const remarks = [
      guessed === undefined
        ? ""
        : `It is not UTF-8 and was read as ${guessed}. Look whether its letters are right; if not, save it as UTF-8 and add it again.`,
      replaced === 0 ? "" : replacedRemark(replaced),
    ];
    return { text, form: null, remarks: remarks.filter((remark) => remark !== "") };
  }
  if (!extractor.kinds.includes(kind)) throw withoutRecords(name, kind);
  checkSize(name, content.byteLength, MAX_FILE_BYTES);
  const extracted = await readAs(extractor.id, name, () => extractor.extract({ name, bytes: content }));
  const clean = extracted.text.toWellFormed().replaceAll("\0", "\ufffd");
  if (clean.trim() === "") throw empty(name);
  checkSize(name, clean.length, MAX_BYTES);
  return { ...extracted, text: clean };
}

function parseWith(
  importer: Importer,
  source: SourceText,
  tools: IngestTools,
  options: ImportOptions,
): Promise<Parsed> {
  return readAs(importer.id, source.name, () => importer.parse(source, tools, options));
}

/** What a reader throws that is not ours, such as a stack overflow in a library, is about this one file. */
async function readAs<T>(format: string, name: string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (isSextantError(error) || (error instanceof Error && error.name === "AbortError")) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new SextantError(
      "ingest/unreadable",
      `${name} could not be read as ${format}: the parser gave up (${why}). Save it in a simpler form and add it again.`,
      { format },
      error,
    );
  }
}

function importerNamed(id: string): Importer {
  const importer = IMPORTERS.find((one) => one.id === id);
  if (importer === undefined) throw new Error(`No importer is called ${id}`);
  return importer;
}

function importerFor(source: SourceText, kind: Kind): Importer {
  const candidates = IMPORTERS.filter((one) => one.kind === kind);
  const importer =
    candidates.find((one) => one.sniff(source)) ?? candidates.find((one) => hasExtension(one, source));
  if (importer === undefined) throw withoutRecords(source.name, kind);
  return importer;
}

function withoutRecords(name: string, kind: Kind): SextantError {
  return new SextantError(
    "ingest/no-records",
    `Nothing was found in ${name}. What fits here: ${ACCEPTED[kind].hint}.`,
    {
      kind,
    },
  );
}

function replacedRemark(places: number): string {
  return `${places === 1 ? "One place" : `${places} places`} could not be read and ${places === 1 ? "stands" : "stand"} as \ufffd. Save the file as UTF-8 and add it again to keep every character.`;
}

function formatOf({ id, version }: Importer, options: ImportOptions = {}): string {
  const given = new URLSearchParams({ ...options }).toString();
  return `${id}/${version}${given === "" ? "" : `?${given}`}`;
}
