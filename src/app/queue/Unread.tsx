import { formatCount, formatNoun } from "../parts/format.ts";
import { Notice } from "../parts/Notice.tsx";
import { useActions, useApp } from "../state/context.tsx";
import { ingest } from "../words/en/ingest.ts";
import { queue as english } from "../words/en/queue.ts";
import { useWords } from "../words/words.ts";

const NAMED = 5;

/** Files of this tab's last page that nobody has read. */
export function Unread() {
  const unread = useApp((state) => state.queue.unread);
  const { queue } = useActions();
  const words = useWords("queue", english);
  const common = useWords("ingest", ingest);
  if (unread.length === 0) return null;
  const named = unread.slice(0, NAMED).join(", ");
  const more = unread.length - NAMED;
  return (
    <Notice tone="warning" onDismiss={queue.forgetUnread}>
      {words.unread(formatNoun(unread.length, "file"))}{" "}
      {more > 0 ? common.andMore(named, formatCount(more)) : named}
    </Notice>
  );
}
