import { Notice } from "../parts/Notice.tsx";
import { formatNoun } from "../parts/format.ts";
import { useActions, useApp } from "../state/context.tsx";
import { ALL_COLLECTIONS } from "../state/library.ts";
import { safety } from "../words/en/safety.ts";
import { useWords } from "../words/words.ts";

/** What the browser did to the data, and what it could promise; each with what to do about it. */
export function SafetyNotices() {
  const words = useWords("safety", safety);
  const { evicted, keeping } = useApp((state) => state.safety);
  const { safety: actions, library } = useActions();
  const showLibrary = (): void => library.show(ALL_COLLECTIONS);
  return (
    <>
      {evicted !== null && (
        <Notice tone="warning" onDismiss={actions.dismissEvicted}>
          <strong>{words.gone}</strong> {words.evicted(formatNoun(evicted, "passage"))}{" "}
          <button type="button" className="link" onClick={showLibrary}>
            {words.restore}
          </button>
        </Notice>
      )}
      {keeping === "asked" && (
        <Notice tone="plain">
          <strong>{words.safe}</strong> {words.ask}{" "}
          <button type="button" className="link" onClick={() => void actions.keep()}>
            {words.keep}
          </button>{" "}
          <button type="button" className="link" onClick={actions.leave}>
            {words.notNow}
          </button>
        </Notice>
      )}
      {keeping === "refused" && (
        <Notice tone="plain" onDismiss={actions.leave}>
          <strong>{words.unsafe}</strong> {words.refused}{" "}
          <button type="button" className="link" onClick={showLibrary}>
            {words.backUp}
          </button>
        </Notice>
      )}
    </>
  );
}
