import { useEffect, useState } from "react";
import { Notice } from "../parts/Notice.tsx";
import { useApp } from "../state/context.tsx";
import { isUnderWay } from "../state/under-way.ts";
import { shell } from "../words/en/shell.ts";
import { useWords } from "../words/words.ts";

/** Offers the version that waits. Asked for, it comes when nothing is under way any more, or at once if told so. */
export function UpdateNotice({ onUpdate }: { readonly onUpdate: () => void }) {
  const update = useApp((state) => state.panel.update);
  const busy = useApp(isUnderWay);
  const [asked, setAsked] = useState(false);
  const words = useWords("shell", shell);
  useEffect(() => {
    if (asked && !busy) onUpdate();
  }, [asked, busy, onUpdate]);
  if (update === null) return null;
  const { said, go } = words.update[update];
  return (
    <Notice tone="plain">
      {asked ? words.updateAfter : said}{" "}
      <button type="button" className="link" onClick={asked ? onUpdate : () => setAsked(true)}>
        {asked ? words.updateNow : go}
      </button>
    </Notice>
  );
}
