import { useEffect } from "react";
import { formatBytes, formatNoun } from "../parts/format.ts";
import { useActions, useApp } from "../state/context.tsx";
import { safety } from "../words/en/safety.ts";
import { useWords } from "../words/words.ts";

/** How full it is, and everything that can be freed from here. */
export function MakeRoom() {
  const words = useWords("safety", safety);
  const storage = useApp((state) => state.model.status?.storage);
  const removals = useApp((state) => state.library.removals);
  const { library, model, panel } = useActions();
  useEffect(() => void Promise.all([model.refresh(), library.refresh()]), [model, library]);
  const { usageBytes = null, quotaBytes = null } = storage ?? {};
  const removed = removals.reduce((sum, { passages }) => sum + passages, 0);
  return (
    <span className="make-room">
      {usageBytes !== null && quotaBytes !== null && (
        <>{words.room(formatBytes(usageBytes), formatBytes(quotaBytes))} </>
      )}
      {removed > 0 && (
        <>
          <button type="button" className="link" onClick={() => void library.free()}>
            {words.free(formatNoun(removed, "passage"))}
          </button>{" "}
        </>
      )}
      <button type="button" className="link" onClick={() => panel.showModels(true)}>
        {words.models}
      </button>
    </span>
  );
}
