import { useEffect } from "react";
import type { Passage, StoredVectors } from "../../../contract/index.ts";
import { useActions, useApp } from "../../state/context.tsx";
import { listKey, rowOf } from "../../state/passages.ts";
import { selectCollection } from "../../state/select.ts";

/** The passage of a row of vectors, fetched when it is asked for; −1 is none. */
export function usePassageAt({ sourceIds, ordinals }: StoredVectors, row: number): Passage | undefined {
  const { passages } = useActions();
  const collectionId = useApp((state) => selectCollection(state, state.query.task)?.id);
  const [sourceId, ordinal] = [sourceIds[row], ordinals[row]];
  const key = collectionId === undefined || sourceId === undefined ? "" : listKey({ collectionId, sourceId });
  const list = useApp((state) => state.passages.lists[key]);
  useEffect(() => {
    if (collectionId !== undefined && sourceId !== undefined && ordinal !== undefined)
      void passages.need({ collectionId, sourceId }, ordinal);
  }, [passages, collectionId, sourceId, ordinal]);
  return ordinal === undefined ? undefined : rowOf(list, ordinal);
}
