import type { Passage, Source } from "../contract/index.ts";
import type { Database } from "./database.ts";
import { editAs } from "./replace-sources.ts";
import { moveJudgements } from "./tables/adapter.ts";
import { deleteKeywordsOfSource } from "./tables/keyword.ts";
import { listPassages } from "./tables/passage.ts";
import { insertSegment, takeVectors } from "./tables/segment.ts";
import { deleteSource, setDigest, setTags } from "./tables/source.ts";

const PASSAGES_A_READ = 500;

/**
 * Puts a source that comes back in the place of one with the same text, which is deleted: marks, rewards, edits and tags of
 * that go over where the other has none. `moveIn` puts it into the collection.
 */
export function takePlace(db: Database, back: Source, there: Source, moveIn: () => void): void {
  deleteKeywordsOfSource(db, there.collectionId, there.id);
  // A collection has each digest once.
  setDigest(db, there.id, `${there.digest} of ${there.id}`);
  moveIn();
  carryOver(db, there, { ...back, collectionId: there.collectionId });
  deleteSource(db, there.id);
}

/** Gives what was said and written of a source's passages to those that stand at the same places in another. */
export function carryOver(db: Database, from: Source, to: Source): void {
  setTags(db, to.id, [...new Set([...to.tags, ...from.tags])]);
  const targets = new Map<string, Target>();
  for (const passage of passagesOf(db, to)) {
    const { id, ordinal, isEdited = false } = passage;
    targets.set(placeOf(passage), { id, ordinal, isEdited });
  }
  for (const passage of passagesOf(db, from)) {
    const target = targets.get(placeOf(passage));
    if (!target) continue;
    moveJudgements(db, passage.id, target.id);
    if (!passage.isEdited || target.isEdited) continue;
    takeVectors(db, to.id, target.ordinal);
    editAs(db, target.id, { ...passage, collectionId: to.collectionId });
    for (const { indexId, vectors } of takeVectors(db, from.id, passage.ordinal))
      insertSegment(db, indexId, to.id, Int32Array.of(target.ordinal), vectors);
  }
}

interface Target {
  readonly id: number;
  readonly ordinal: number;
  readonly isEdited: boolean;
}

/** The text is the same: who begins and ends where another does is that one, however it was edited. */
function placeOf({ startUtf16, endUtf16, title }: Passage): string {
  return `${startUtf16} ${endUtf16} ${title}`;
}

function* passagesOf(db: Database, { id, collectionId }: Source): Generator<Passage> {
  for (let offset = 0; ; offset += PASSAGES_A_READ) {
    const page = listPassages(db, collectionId, id, offset, PASSAGES_A_READ);
    yield* page;
    if (page.length < PASSAGES_A_READ) return;
  }
}
