import { SextantError, type Passage, type Source } from "../contract/index.ts";
import type { Database } from "./database.ts";
import { notFound } from "./faults.ts";
import { insertKeywords } from "./tables/keyword.ts";
import { idsBetween, movePassage, readPassages, readSpans, shiftPassages } from "./tables/passage.ts";
import { insertSegment, shiftSegments, takeVectors } from "./tables/segment.ts";
import {
  deleteSource,
  findSource,
  insertSource,
  readSourceText,
  readSplit,
  setCounts,
  setSourceText,
  setSplit,
  setTags,
} from "./tables/source.ts";

/**
 * Gives a passage a source of its own, with its words and vectors; those behind it move up. The source that it was in
 * loses its words, where no other passage has them: spaces stand there, so that no place moves.
 *
 * Throws: `storage/not-found`; `storage/conflict` while the source is still being stored.
 */
export function splitPassage(db: Database, passageId: number): number {
  const [passage] = readPassages(db, [passageId]);
  if (!passage) throw notFound("passage", passageId);
  const source = sourceOf(db, passage);
  if (source.done < source.total)
    throw new SextantError(
      "storage/conflict",
      `“${source.name}” is still being read: delete one of its passages when it is done.`,
      { sourceId: source.id, done: source.done, total: source.total },
    );
  if (source.total === 1) return source.id;

  const { startUtf16, endUtf16, ordinal } = passage;
  const text = readSourceText(db, source.id);
  const apart = insertSource(db, {
    ...source,
    digest: `${source.digest}#${passageId}`,
    text: text.slice(startUtf16, endUtf16),
    total: 1,
  });
  setCounts(db, apart, 1);
  setTags(db, apart, source.tags);
  setSplit(db, apart, { from: source.id, startUtf16 });
  move(db, passage, { sourceId: apart, ordinal: 0, startUtf16: 0 });
  shiftPassages(db, source.id, ordinal, -1);
  shiftSegments(db, source.id, ordinal, -1);
  setCounts(db, source.id, source.total - 1);
  setSourceText(db, source.id, blanked(text, startUtf16, endUtf16, readSpans(db, source.id)));
  return apart;
}

/** Puts a passage that stood apart back where it was; the source, or nothing where that is not there. */
export function joinPassage(db: Database, apart: number, collectionId: number): number | undefined {
  const split = readSplit(db, apart);
  if (split === undefined) return undefined;
  const source = split.from === null ? undefined : findSource(db, split.from);
  const passageId = idsBetween(db, apart, 0, 0).get(0);
  if (source?.collectionId !== collectionId || source.done < source.total || passageId === undefined) {
    setSplit(db, apart, null);
    return undefined;
  }
  const words = readSourceText(db, apart);
  const text = readSourceText(db, source.id);
  const { startUtf16 } = split;
  setSourceText(db, source.id, text.slice(0, startUtf16) + words + text.slice(startUtf16 + words.length));
  // Ids ascend as ordinals do.
  const before = [...idsBetween(db, source.id, 0, source.done).values()].filter((id) => id < passageId);
  const ordinal = before.length;
  shiftPassages(db, source.id, ordinal, 1);
  shiftSegments(db, source.id, ordinal, 1);
  const from = { id: passageId, sourceId: apart, ordinal: 0, startUtf16: 0, endUtf16: words.length };
  move(db, from, { sourceId: source.id, ordinal, startUtf16 });
  setCounts(db, source.id, source.total + 1);
  deleteSource(db, apart);
  for (const { id, title, text: own } of readPassages(db, [passageId]))
    insertKeywords(db, collectionId, id, title, own);
  return source.id;
}

function sourceOf(db: Database, { sourceId }: Passage): Source {
  const source = findSource(db, sourceId);
  if (!source) throw notFound("source", sourceId);
  return source;
}

type Place = Pick<Passage, "sourceId" | "ordinal" | "startUtf16">;

function move(db: Database, from: Place & Pick<Passage, "id" | "endUtf16">, to: Place): void {
  const taken = takeVectors(db, from.sourceId, from.ordinal);
  const endUtf16 = to.startUtf16 + from.endUtf16 - from.startUtf16;
  movePassage(db, from.id, { ...to, endUtf16 });
  for (const { indexId, vectors } of taken)
    insertSegment(db, indexId, to.sourceId, Int32Array.of(to.ordinal), vectors);
}

/** Spaces in the place of a stretch, save where one of `spans` (start and end, by start) lies. */
function blanked(text: string, start: number, end: number, spans: Int32Array): string {
  const parts = [text.slice(0, start)];
  let at = start;
  const blank = (until: number): void => {
    if (until > at) parts.push(text.slice(at, until).replace(/[^\n]/g, " "));
    at = Math.max(at, until);
  };
  for (let i = 0; i < spans.length; i += 2) {
    const [from = 0, to = 0] = spans.subarray(i, i + 2);
    if (to <= at || from >= end) continue;
    blank(Math.max(at, from));
    const until = Math.min(to, end);
    parts.push(text.slice(at, until));
    at = until;
  }
  blank(end);
  return parts.join("") + text.slice(end);
}
