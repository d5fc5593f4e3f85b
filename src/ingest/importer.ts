import type { ImportOptions, Kind, PassageDraft, ReadColumns } from "../contract/index.ts";

export interface IngestTools {
  /** Word pieces of a text, without [CLS] and [SEP]. */
  countTokens(text: string): number;
  /** Called between pieces of long work: lets a search go first where that has been waited for long enough. */
  breathe?(): Promise<void>;
}

/** A part of a source, [start, end) in UTF-16 code units. */
export type Span = readonly [start: number, end: number];

/** A file as text, under the name it came with. */
export interface SourceText {
  readonly name: string;
  /** Well-formed, without byte order mark. */
  readonly text: string;
}

/** What an importer made of a source. */
export interface Parsed {
  readonly drafts: readonly PassageDraft[];
  /** Parts left out on purpose: markup, navigation, front matter. */
  readonly skipped: readonly Span[];
  /** What the person should know about how it was read, one sentence each. */
  readonly remarks: readonly string[];
  /** Of a table: which columns were read, for confirming. */
  readonly columns?: ReadColumns;
}

/** One file format under one kind. `id/version` is stored with each source: a new cut needs a new version. */
export interface Importer {
  readonly id: string;
  readonly version: number;
  readonly kind: Kind;
  /** Lower case, with the dot. */
  readonly extensions: readonly string[];
  /** Whether the source is this format, judged by its extension and its first characters. */
  sniff(source: SourceText): boolean;
  /** Order: by position in the source; exchanges as the conversation goes. Throws: `ingest/unreadable`, `ingest/no-records`. */
  parse(source: SourceText, tools: IngestTools, options: ImportOptions): Parsed | Promise<Parsed>;
}

/** What a sniff may look at. */
export function headOf({ text }: SourceText): string {
  return text.slice(0, 4096).trimStart();
}

/** `.md` of `Notes.MD`; empty where there is none. */
export function extensionOf(name: string): string {
  return /\.[a-z0-9]+$/.exec(name.toLowerCase())?.[0] ?? "";
}

export function hasExtension(importer: Pick<Importer, "extensions">, { name }: SourceText): boolean {
  return importer.extensions.includes(extensionOf(name));
}
