import type { CorpusItem, CorpusSource, SegmentVectors, Source, Storage } from "../../contract/index.ts";
import { sourceTextOf } from "./source-text.ts";

/** Stores a source whose passages came from a server, and its vectors where they came along; what is here stays. */
export async function keepPulledSource(
  storage: Storage,
  collectionId: number,
  source: CorpusSource,
  items: readonly CorpusItem[],
  segments: readonly SegmentVectors[] = [],
): Promise<Source> {
  const passages = items.map(({ passage }) => passage);
  const { name, format, digest, dateMs, tags } = source;
  const text = sourceTextOf(passages);
  const total = items.length;
  const added = await storage.addSource({ collectionId, name, format, digest, text, total, dateMs });
  const { id: sourceId, done } = added.source;
  if (added.unchanged) {
    if (done === added.source.total) return added.source;
    // The tab was closed between the two steps below, and there may be more of it now.
    const whole = { ...source, text };
    return storage.replaceSources({ sourceIds: [sourceId], source: whole, passages, segments, kept: [] });
  }
  const tagged = tags.length > 0 ? await storage.tagSource({ sourceId, tags }) : added.source;
  if (total > 0) await storage.appendPassages({ sourceId, firstOrdinal: 0, passages, segments });
  return { ...tagged, done: total };
}
