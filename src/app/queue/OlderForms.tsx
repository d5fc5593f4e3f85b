import { formatCount } from "../parts/format.ts";
import { Notice } from "../parts/Notice.tsx";
import { useActions, useApp } from "../state/context.tsx";
import { ingest } from "../words/en/ingest.ts";
import { queue as english } from "../words/en/queue.ts";
import { useWords } from "../words/words.ts";

const NAMED = 3;

/** Files that were here already in another form: how much of them changed, and whether they take the older one's place. */
export function OlderForms() {
  const files = useApp((state) => state.queue.files).filter(({ older }) => older.length > 0);
  const { queue } = useActions();
  const words = useWords("queue", english);
  const common = useWords("ingest", ingest);
  if (files.length === 0) return null;
  const names = files
    .slice(0, NAMED)
    .map(({ name }) => name)
    .join(", ");
  const more = files.length - NAMED;
  const passages = files.reduce((sum, file) => sum + file.kept.passages, 0);
  const kept = files.reduce((sum, file) => sum + file.kept.kept, 0);
  return (
    <Notice tone="plain">
      {words.olderForm(more > 0 ? common.andMore(names, formatCount(more)) : names)}{" "}
      {passages > 0 &&
        words.keptVectors(formatCount(passages - kept), formatCount(passages), formatCount(kept))}{" "}
      <button type="button" className="link" onClick={() => void queue.replaceOlder(true)}>
        {words.replaceOlder}
      </button>{" "}
      <button type="button" className="link" onClick={() => void queue.replaceOlder(false)}>
        {words.keepBoth}
      </button>
    </Notice>
  );
}
