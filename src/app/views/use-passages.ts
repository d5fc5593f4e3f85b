import { useCallback, useEffect } from "react";
import type { Passage } from "../../contract/index.ts";
import { useActions, useApp } from "../state/context.tsx";
import { listKey, rowOf, type ListScope } from "../state/passages.ts";

/** The passages of a collection or source, fetched as their rows come into view. */
export function usePassages({ collectionId, sourceId }: Partial<ListScope>): {
  readonly total: number;
  readonly rowAt: (row: number) => Passage | undefined;
  readonly onRows: (first: number, last: number) => void;
} {
  const key = collectionId === undefined ? "" : listKey(scopeOf(collectionId, sourceId));
  const list = useApp((state) => state.passages.lists[key]);
  const edition = useApp((state) => state.passages.edition);
  const { passages } = useActions();

  const onRows = useCallback(
    (first: number, last: number) => {
      if (collectionId === undefined) return;
      void passages.need(scopeOf(collectionId, sourceId), first);
      void passages.need(scopeOf(collectionId, sourceId), last);
    },
    // A new edition makes a new function, which asks for the rows in view again.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [passages, collectionId, sourceId, edition],
  );
  useEffect(() => onRows(0, 0), [onRows]);
  return { total: list?.total ?? 0, rowAt: (row) => rowOf(list, row), onRows };
}

function scopeOf(collectionId: number, sourceId: number | undefined): ListScope {
  return sourceId === undefined ? { collectionId } : { collectionId, sourceId };
}
