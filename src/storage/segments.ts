import {
  SextantError,
  type Passage,
  type PassageDraft,
  type Segment,
  type SegmentVectors,
  type VectorIndex,
} from "../contract/index.ts";
import { checkShape } from "./append.ts";
import type { Database } from "./database.ts";
import { idsBetween, placesOf, readPassages, readPassagesAt, twinsOf } from "./tables/passage.ts";
import {
  coveredOrdinals,
  deleteSegment,
  incompleteSources,
  insertSegment,
  readSegmentRows,
  readVectorRow,
  segmentHolding,
  type SegmentOrdinals,
  type SegmentRow,
} from "./tables/segment.ts";

function rowsOf(vectors: Uint16Array, dim: number, rows: readonly number[]): Uint16Array<ArrayBuffer> {
  const out = new Uint16Array(rows.length * dim);
  rows.forEach((row, at) => out.set(vectors.subarray(row * dim, (row + 1) * dim), at * dim));
  return out;
}

function toSegment(db: Database, dim: number, stored: SegmentRow): Segment {
  const { id, sourceId, ordinals, vectors } = stored;
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const ordinal of ordinals) {
    first = Math.min(first, ordinal);
    last = Math.max(last, ordinal);
  }
  const ids = idsBetween(db, sourceId, first, last);
  const alive = [...ordinals.keys()].filter((row) => ids.has(ordinals[row] ?? -1));
  const kept = Int32Array.from(alive, (row) => ordinals[row] ?? -1);
  return {
    id,
    passageIds: kept.map((ordinal) => ids.get(ordinal) ?? -1),
    sourceIds: new Int32Array(kept.length).fill(sourceId),
    ordinals: kept,
    vectors: alive.length === ordinals.length ? vectors : rowsOf(vectors, dim, alive),
  };
}

/**
 * One page of an index, ascending by segment. A segment whose bytes were damaged is dropped: its passages then lack a
 * vector, and indexing gives them one again.
 */
export function readSegments(db: Database, index: VectorIndex, afterId: number, limit: number): Segment[] {
  for (;;) {
    const page = readSegmentRows(db, index.id, afterId, limit);
    const whole = page.flatMap(({ segment }) => segment ?? []);
    if (whole.length === page.length) return whole.map((row) => toSegment(db, index.dim, row));
    db.transaction(() => {
      for (const { id, segment } of page) if (segment === null) deleteSegment(db, id);
    });
  }
}

/**
 * The stored vectors of some passages, f16 bits[passages, dim] in their order; zeros for one that has none.
 */
export function readVectors(
  db: Database,
  index: VectorIndex,
  passageIds: readonly number[],
): Uint16Array<ArrayBuffer> {
  const { dim } = index;
  const vectors = new Uint16Array(passageIds.length * dim);
  const placeById = new Map(placesOf(db, index.collectionId, passageIds).map((place) => [place.id, place]));
  let last: { readonly sourceId: number; readonly segment: SegmentOrdinals } | undefined;
  passageIds.forEach((passageId, at) => {
    const place = placeById.get(passageId);
    if (!place) return;
    const { sourceId, ordinal } = place;
    if (last?.sourceId !== sourceId || !last.segment.ordinals.includes(ordinal)) {
      const segment = segmentHolding(db, index.id, sourceId, ordinal);
      if (!segment) return;
      last = { sourceId, segment };
    }
    const { id, ordinals } = last.segment;
    const vector = readVectorRow(db, id, ordinals.indexOf(ordinal), dim);
    if (vector?.length === dim) vectors.set(vector, at * dim);
  });
  return vectors;
}

/** Vectors that passages of the same content have in the index: f16 bits[found, dim], for the drafts at `rows`. */
export function knownVectors(
  db: Database,
  index: VectorIndex,
  drafts: readonly PassageDraft[],
): { readonly rows: Int32Array; readonly vectors: Uint16Array } {
  const rows: number[] = [];
  const found: Uint16Array[] = [];
  for (const [row, draft] of drafts.entries()) {
    for (const id of twinsOf(db, index.collectionId, draft)) {
      const vector = readVectors(db, index, [id]);
      if (!vector.some((bits) => bits !== 0)) continue;
      rows.push(row);
      found.push(vector);
      break;
    }
  }
  const vectors = new Uint16Array(rows.length * index.dim);
  found.forEach((vector, i) => vectors.set(vector, i * index.dim));
  return { rows: Int32Array.from(rows), vectors };
}

/** The first `limit` passages of the collection without a vector in the index, by source and place. */
export function missingPassages(db: Database, index: VectorIndex, limit: number): Passage[] {
  const found: Passage[] = [];
  for (const { id, done } of incompleteSources(db, index.collectionId, index.id)) {
    const covered = coveredOrdinals(db, index.id, id);
    const wanted: number[] = [];
    for (let ordinal = 0; ordinal < done && found.length + wanted.length < limit; ordinal++)
      if (!covered.has(ordinal)) wanted.push(ordinal);
    found.push(...readPassagesAt(db, id, wanted));
    if (found.length >= limit) break;
  }
  return found;
}

/**
 * Gives stored passages their vectors: one segment for each source among them.
 *
 * Throws: `vectors/shape`; `storage/conflict` when a passage is gone, named twice, has a vector already,
 * or says something else than what the vectors were made of.
 */
export function fillIndex(
  db: Database,
  index: VectorIndex,
  passageIds: readonly number[],
  vectors: SegmentVectors["vectors"],
  madeOf?: readonly PassageDraft[],
): void {
  checkShape(index, vectors, passageIds.length);
  db.transaction(() => {
    const places = placesOf(db, index.collectionId, passageIds);
    const rowsBySource = new Map<number, number[]>();
    places.forEach(({ sourceId }, row) =>
      rowsBySource.set(sourceId, [...(rowsBySource.get(sourceId) ?? []), row]),
    );
    let taken = places.length !== passageIds.length || (madeOf && !saysStill(db, passageIds, madeOf));
    for (const [sourceId, rows] of rowsBySource) {
      const covered = coveredOrdinals(db, index.id, sourceId);
      const ordinals = Int32Array.from(rows, (row) => places[row]?.ordinal ?? -1);
      for (const ordinal of ordinals) {
        taken ||= covered.has(ordinal);
        covered.add(ordinal);
      }
      if (!taken) insertSegment(db, index.id, sourceId, ordinals, rowsOf(vectors, index.dim, rows));
    }
    if (taken)
      throw new SextantError(
        "storage/conflict",
        "Some of these passages are gone, were edited or already have a vector; nothing was stored: ask which are " +
          "missing and go on with those.",
        { indexId: index.id, passages: passageIds.length },
      );
  });
}

function saysStill(db: Database, ids: readonly number[], drafts: readonly PassageDraft[]): boolean {
  const passages = readPassages(db, ids);
  return (
    passages.length === drafts.length && passages.every((now, i) => contentOf(now) === contentOf(drafts[i]))
  );
}

function contentOf(draft: PassageDraft | undefined): string {
  return JSON.stringify([draft?.title, draft?.text, draft?.record]);
}
