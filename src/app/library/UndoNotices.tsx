import { useEffect } from "react";
import { Notice } from "../parts/Notice.tsx";
import { useActions, useApp } from "../state/context.tsx";
import { keeping } from "../words/en/keeping.ts";
import { useWords } from "../words/words.ts";
import { removalName, timeOf } from "./removal-words.ts";

/** What was just removed, with the way back. */
export function UndoNotices() {
  const words = useWords("keeping", keeping);
  const removals = useApp((state) => state.library.removals);
  const told = useApp((state) => state.library.told);
  const edition = useApp((state) => state.passages.edition);
  const { library } = useActions();
  // What was freed meanwhile can no longer be undone.
  useEffect(() => void library.refresh(), [library, edition]);
  return removals
    .filter(({ id }) => told.includes(id))
    .map((removal) => (
      <Notice key={removal.id} tone="plain" onDismiss={() => library.dismiss(removal)}>
        {words.removed(removalName(removal))} {words.keptUntil(timeOf(removal.keptUntilMs))}{" "}
        <button type="button" className="link" onClick={() => void library.undo(removal)}>
          {words.undo}
        </button>{" "}
        <button type="button" className="link" onClick={() => void library.free(removal)}>
          {words.freeNow}
        </button>
      </Notice>
    ));
}
