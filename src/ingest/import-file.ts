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
import { decodeFile } from "./decode.ts";
import { hasExtension, type Importer, type IngestTools, type Parsed, type SourceText } from "./importer.ts";
import { IMPORTERS } from "./importers/index.ts";

/** A file cut into passages. */
export interface Imported {
  readonly name: string;
  /** Importer id and version, and how it was told to read: `markdown/1`, `example-table/2?input=q&output=a`. */
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
  options: ImportOptions = {},
): Promise<Imported> {
  const name = file.name.toWellFormed().trim() || PASTE_NAME;
  const { text, replaced } = decodeFile({ ...file, name });
  const source = { name, text };
  const importer = importerFor(source, kind);
  const { drafts, remarks, columns } = await parseWith(importer, source, tools, options);
  if (drafts.length === 0) throw withoutRecords(name, kind);
  const warnings = replaced === 0 ? remarks : [replacedRemark(replaced), ...remarks];
  const notices = warnings.map((message): Notice => ({
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
  return (await importer.parse({ name: source.name, text: source.text }, tools, options)).drafts;
}

/** What a parser throws that is not ours, such as a stack overflow in a library, is about this one file. */
async function parseWith(
  importer: Importer,
  source: SourceText,
  tools: IngestTools,
  options: ImportOptions,
): Promise<Parsed> {
  try {
    return await importer.parse(source, tools, options);
  } catch (error) {
    if (isSextantError(error)) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new SextantError(
      "ingest/unreadable",
      `${source.name} could not be read as ${importer.id}: the parser gave up (${why}). Save it in a simpler form and add it again.`,
      { format: formatOf(importer) },
      error,
    );
  }
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
