import type { ImportOptions, Kind } from "../contract/index.ts";

/** A file as it was put in. */
export interface RawFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The text that is kept in a file's place: what passages point into and what is shown. */
export interface Extracted {
  readonly text: string;
  /** Importer that cuts it into documents. Other kinds are cut as any text is. */
  readonly form: "extracted-text" | "markdown" | "table-rows";
  /** How the text is to be read, where an importer would have to guess. */
  readonly options?: ImportOptions;
  /** What the person should know, one sentence each. */
  readonly remarks: readonly string[];
}

/** A format that is not text itself. Its parser is loaded when the first such file comes. */
export interface Extractor {
  readonly id: string;
  /** Lower case, with the dot. */
  readonly extensions: readonly string[];
  readonly kinds: readonly Kind[];
  /** Whether the file is this format, judged by its content: endings lie. */
  recognises(file: RawFile): boolean | Promise<boolean>;
  /** Throws: `ingest/unreadable`, `ingest/locked`, `ingest/no-records`. */
  extract(file: RawFile): Promise<Extracted>;
}
