import { formatNoun } from "../parts/format.ts";
import { Notice } from "../parts/Notice.tsx";
import { useActions, useApp } from "../state/context.tsx";
import { aboutOf } from "../views/about.ts";
import { keeping } from "../words/en/keeping.ts";
import { library } from "../words/en/library.ts";
import { useWords } from "../words/words.ts";
import { removalName, timeOf } from "./removal-words.ts";

/** What was removed and can still be brought back, or freed before its time. */
export function Removed() {
  const words = useWords("library", library);
  const keepingWords = useWords("keeping", keeping);
  const removals = useApp((state) => state.library.removals);
  const { library: actions } = useActions();
  if (removals.length === 0) return null;
  return (
    <section className="library-removed" aria-label={words.removedTitle}>
      <h2>{words.removedTitle}</h2>
      <ul>
        {removals.map((removal) => (
          <li key={removal.id}>
            <span className="row-name" dir="auto">
              {removalName(removal)}
            </span>
            <span className="quiet">
              {formatNoun(removal.passages, "passage")}, {words.until(timeOf(removal.keptUntilMs))}
            </span>
            <button
              type="button"
              className="link"
              aria-label={`${keepingWords.undo}: ${removalName(removal)}`}
              onClick={() => void actions.undo(removal)}
            >
              {keepingWords.undo}
            </button>{" "}
            <button
              type="button"
              className="link"
              aria-label={`${keepingWords.freeNow}: ${removalName(removal)}`}
              onClick={() => void actions.free(removal)}
            >
              {keepingWords.freeNow}
            </button>
          </li>
        ))}
      </ul>
      {removals.length > 1 && (
        <button type="button" className="button" onClick={() => void actions.free()}>
          {words.freeAll}
        </button>
      )}
    </section>
  );
}

/** The way back from what was removed last, where it was removed. */
export function LastRemoved() {
  const words = useWords("keeping", keeping);
  const last = useApp(({ library: { removals, told } }) => removals.find(({ id }) => told.includes(id)));
  const { library: actions } = useActions();
  if (!last) return null;
  return (
    <p className="library-tools">
      {words.removed(removalName(last))}
      <button type="button" className="button" onClick={() => void actions.undo(last)}>
        {words.undo}
      </button>
    </p>
  );
}

/** What is left to do after an import: new vectors in the place of another model's. */
export function ImportNotices() {
  const words = useWords("library", library);
  const refused = useApp((state) => state.library.refused);
  const { library: actions } = useActions();
  return (
    <div className="library-notices">
      {refused.map((one) => (
        <Notice key={`${one.collectionId} ${one.task} ${one.modelKey}`} tone="warning">
          {words.refused(aboutOf(one.task).label, one.why)}{" "}
          <button type="button" className="link" onClick={() => void actions.embedAgain(one)}>
            {words.embedAgain}
          </button>
        </Notice>
      ))}
    </div>
  );
}
