import { KINDS, SextantError, isTaskId, type Kind, type TaskId } from "../../contract/index.ts";

/** The path of the manifest in a bundle; it is the last file that is written. */
export const MANIFEST_PATH = "sextant-bundle.json";

export interface BundleFile {
  readonly path: string;
  readonly sizeBytes: number;
  /** SHA-256, hex. */
  readonly sha256: string;
}

export interface BundleIndex {
  readonly task: TaskId;
  /** Names the vectors: model, weights, precision and policy. */
  readonly modelKey: string;
  readonly dim: number;
  /** A line a segment: source and ordinals. */
  readonly rows: BundleFile;
  /** f16[rows, dim], little-endian, in the order of `rows`. */
  readonly vectors: BundleFile;
  /** What the collection taught: its report as JSON, and the adapter in the form of src/train/adapter.ts. */
  readonly learned?: { readonly report: BundleFile; readonly adapter: BundleFile };
}

export interface BundleCollection {
  readonly name: string;
  readonly kind: Kind;
  readonly sources: BundleFile;
  /** A line a passage, by source and place in it. */
  readonly passages: BundleFile;
  /** The text of each source as it was put in, in their order. */
  readonly texts: readonly BundleFile[];
  readonly indexes: readonly BundleIndex[];
  /** A line a mark of a hit, by source and place in it. */
  readonly marks?: BundleFile;
  /** A line a passage that a language model scored for a question. */
  readonly rewards?: BundleFile;
}

/** What a bundle holds. Source: docs/formats/bundle.md. */
export interface BundleManifest {
  readonly format: 1;
  readonly createdAt: string;
  readonly collections: readonly BundleCollection[];
  /** Only where everything was exported: answers a line each, and choices as JSON. */
  readonly rest?: { readonly answers: BundleFile; readonly choices: BundleFile };
}

/** Throws: `ingest/unreadable` for what is no manifest, or one of a later format. */
export function parseManifest(json: string): BundleManifest {
  try {
    const manifest = fields(JSON.parse(json));
    const format = manifest["format"];
    if (format !== 1)
      throw new SextantError(
        "ingest/unreadable",
        `This bundle is of format ${JSON.stringify(format)?.slice(0, 20)}, and this version reads format 1. Update Sextant and import it again.`,
      );
    return {
      format,
      createdAt: text(manifest["createdAt"]),
      collections: list(manifest["collections"]).map(parseCollection),
      ...(manifest["rest"] !== undefined && { rest: parseRest(fields(manifest["rest"])) }),
    };
  } catch (error) {
    if (error instanceof SextantError) throw error;
    throw broken("its list of contents is not whole", error);
  }
}

export function broken(why: string, cause?: unknown): SextantError {
  return new SextantError(
    "ingest/unreadable",
    `This is no whole Sextant bundle: ${why}. Export it again, or use an older copy.`,
    {},
    cause,
  );
}

function parseCollection(value: unknown): BundleCollection {
  const collection = fields(value);
  const kind = KINDS.find((known) => known === collection["kind"]);
  if (!kind) throw new TypeError("unknown kind");
  return {
    name: text(collection["name"]),
    kind,
    sources: parseFile(collection["sources"]),
    passages: parseFile(collection["passages"]),
    texts: list(collection["texts"]).map(parseFile),
    indexes: list(collection["indexes"]).map(parseIndex),
    ...(collection["marks"] !== undefined && { marks: parseFile(collection["marks"]) }),
    ...(collection["rewards"] !== undefined && { rewards: parseFile(collection["rewards"]) }),
  };
}

function parseIndex(value: unknown): BundleIndex {
  const index = fields(value);
  const { task } = index;
  if (!isTaskId(task)) throw new TypeError("unknown task");
  return {
    task,
    modelKey: text(index["modelKey"]),
    dim: whole(index["dim"], 1),
    rows: parseFile(index["rows"]),
    vectors: parseFile(index["vectors"]),
    ...(index["learned"] !== undefined && { learned: parseLearned(fields(index["learned"])) }),
  };
}

function parseLearned(learned: Readonly<Record<string, unknown>>): NonNullable<BundleIndex["learned"]> {
  return { report: parseFile(learned["report"]), adapter: parseFile(learned["adapter"]) };
}

function parseRest(rest: Readonly<Record<string, unknown>>): NonNullable<BundleManifest["rest"]> {
  return { answers: parseFile(rest["answers"]), choices: parseFile(rest["choices"]) };
}

function parseFile(value: unknown): BundleFile {
  const file = fields(value);
  return {
    path: text(file["path"]),
    sizeBytes: whole(file["sizeBytes"], 0),
    sha256: text(file["sha256"]),
  };
}

export function fields(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new TypeError("no object");
  return value as Readonly<Record<string, unknown>>;
}

export function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError("no list");
  return value;
}

export function text(value: unknown): string {
  if (typeof value !== "string") throw new TypeError("no text");
  return value;
}

export function whole(value: unknown, least: number): number {
  if (!Number.isSafeInteger(value) || (value as number) < least) throw new TypeError("no whole number");
  return value as number;
}
