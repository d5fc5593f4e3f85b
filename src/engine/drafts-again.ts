import {
  SextantError,
  type Kind,
  type PassageDraft,
  type PendingWork,
  type Storage,
} from "../contract/index.ts";
import { reimport, type IngestTools } from "../ingest/index.ts";
import type { FreshDrafts } from "./fresh-drafts.ts";

export interface CuttingParts {
  readonly storage: Storage;
  readonly tools: IngestTools;
  readonly fresh: FreshDrafts;
  readonly kind: Kind;
}

/**
 * The passages of a source that is not stored whole. Cuts are counted in the open model's tokens, so that another model may cut
 * otherwise: where nothing of the source is stored yet its new cut counts.
 *
 * Throws: `ingest/unreadable` where the new cut does not go on from what is stored.
 */
export async function draftsAgain(
  { storage, tools, fresh, kind }: CuttingParts,
  { collectionId, sourceId, sourceName, done, total }: PendingWork,
): Promise<readonly PassageDraft[]> {
  const known = fresh.get(sourceId);
  if (known) return known;
  const { source, text } = await storage.readSource({ sourceId });
  const drafts = await reimport({ ...source, text }, kind, tools);
  if (done === 0) {
    if (drafts.length !== total) await storage.recutSource({ sourceId, total: drafts.length });
    return drafts;
  }
  const { passages } = await storage.listPassages({ collectionId, sourceId, offset: done - 1, limit: 1 });
  const [last, sameLast] = [passages[0], drafts[done - 1]];
  const goesOn = last && last.startUtf16 === sameLast?.startUtf16 && last.endUtf16 === sameLast.endUtf16;
  if (goesOn && drafts.length === total) return drafts;
  throw new SextantError(
    "ingest/unreadable",
    `The first ${done} passages of ${sourceName} were cut for another model, or by another version. Open the model that it ` +
      "was added with, or remove it and add it again.",
    { sourceId, done, total },
  );
}
