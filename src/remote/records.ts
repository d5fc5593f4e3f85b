import {
  SextantError,
  type CorpusItem,
  type CorpusRow,
  type PassageDraft,
  type PassageRecord,
} from "../contract/index.ts";
import type { Flat } from "./collection-facts.ts";

/** Marks one tag of a passage's source, which a filter can ask for. */
export const tagKey = (tag: string): string => `tag:${tag}`;

/** What is stored beside a passage's text: flat, of scalars. Source: docs/formats/chroma.md. */
export function itemToFlat({ source, ordinal, passage }: CorpusItem): Flat {
  return {
    source: source.name,
    format: source.format,
    digest: source.digest,
    total: source.total,
    ordinal,
    start: passage.startUtf16,
    end: passage.endUtf16,
    title: passage.title,
    record: JSON.stringify(passage.record),
    ...(source.dateMs !== null && { dateMs: source.dateMs }),
    ...timeOf(passage.record, source.dateMs),
    ...(source.tags.length > 0 && { tags: JSON.stringify(source.tags) }),
    ...Object.fromEntries(source.tags.map((tag) => [tagKey(tag), true])),
  };
}

/** Throws: `remote/unreadable` for what Sextant did not write. */
export function toItem(
  id: string,
  text: string | null,
  flat: Readonly<Record<string, unknown>> | null,
): CorpusItem {
  try {
    const fields = flat ?? {};
    const tags: unknown = fields["tags"] === undefined ? [] : JSON.parse(str(fields["tags"]));
    if (!Array.isArray(tags)) throw new TypeError("no list of tags");
    const record = JSON.parse(str(fields["record"])) as PassageRecord;
    if (typeof record !== "object" || record === null || typeof record.kind !== "string")
      throw new TypeError("no record");
    const passage: PassageDraft = {
      title: str(fields["title"]),
      text: str(text),
      startUtf16: whole(fields["start"]),
      endUtf16: whole(fields["end"]),
      record,
    };
    const source = {
      name: str(fields["source"]),
      format: str(fields["format"]),
      digest: str(fields["digest"]),
      total: whole(fields["total"]),
      tags: tags.map(str),
      dateMs: fields["dateMs"] === undefined ? null : Number(fields["dateMs"]),
    };
    return { id, source, ordinal: whole(fields["ordinal"]), passage };
  } catch (error) {
    throw new SextantError(
      "remote/unreadable",
      `A passage on the server (${id.slice(0, 40)}) is not one that Sextant wrote. Push the collection anew under another name, or delete it there.`,
      { id: id.slice(0, 80) },
      error,
    );
  }
}

/** Throws: `remote/unreadable`, `vectors/shape`, `vectors/nan`. */
export function toRow(item: CorpusItem, vector: readonly number[] | undefined, dim: number): CorpusRow {
  const values = Float32Array.from(vector ?? []);
  checkVector(values, dim);
  return { item, vector: values };
}

/** Throws: `vectors/shape`, `vectors/nan`. */
export function checkVector(vector: Float32Array, dim: number): void {
  if (vector.length !== dim)
    throw new SextantError(
      "vectors/shape",
      `The collection takes vectors of ${dim} values, not ${vector.length}: embed with the model that it names.`,
      { dim, length: vector.length },
    );
  for (const value of vector)
    if (!Number.isFinite(value))
      throw new SextantError("vectors/nan", "A vector has a value that is not finite: report it.", { dim });
}

/** What tells where a clock stood; looked for behind the day, whose dashes are none. */
const HAS_ZONE = /[Zz+-]/;

/** An exchange's own time, in whole seconds, as the local database compares them; else its source's. */
function timeOf(record: PassageRecord, dateMs: number | null): Flat {
  const at = record.kind === "exchange" ? (record.at ?? "") : "";
  const isClock = !HAS_ZONE.test(at.slice(10));
  const ms = Date.parse(isClock && at.length > 10 ? `${at}Z` : at);
  if (Number.isNaN(ms)) return dateMs === null ? {} : { timeMs: dateMs };
  return { [isClock ? "clockMs" : "timeMs"]: Math.floor(ms / 1000) * 1000 };
}

function str(value: unknown): string {
  if (typeof value !== "string") throw new TypeError("no text");
  return value;
}

function whole(value: unknown): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw new TypeError("no whole number");
  return value as number;
}
