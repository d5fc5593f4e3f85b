import type { PassageDraft } from "../contract/index.ts";

/** Passages of sources that were just read, so that indexing need not cut them again; the oldest are let go. */
export interface FreshDrafts {
  set(sourceId: number, drafts: readonly PassageDraft[]): void;
  get(sourceId: number): readonly PassageDraft[] | undefined;
  delete(sourceId: number): void;
}

/** A folder that is read faster than it is embedded would otherwise be in memory as a whole. */
const MAX_UTF16 = 16 * 2 ** 20;

/** The latest source is kept whatever its length. */
export function createFreshDrafts(limitUtf16 = MAX_UTF16): FreshDrafts {
  const kept = new Map<number, { readonly drafts: readonly PassageDraft[]; readonly lengthUtf16: number }>();
  let lengthUtf16 = 0;

  const remove = (sourceId: number): void => {
    lengthUtf16 -= kept.get(sourceId)?.lengthUtf16 ?? 0;
    kept.delete(sourceId);
  };

  return {
    set(sourceId, drafts) {
      remove(sourceId);
      const own = drafts.reduce((sum, { text }) => sum + text.length, 0);
      kept.set(sourceId, { drafts, lengthUtf16: own });
      lengthUtf16 += own;
      for (const oldest of kept.keys()) {
        if (lengthUtf16 <= limitUtf16 || oldest === sourceId) break;
        remove(oldest);
      }
    },
    get: (sourceId) => kept.get(sourceId)?.drafts,
    delete: remove,
  };
}
