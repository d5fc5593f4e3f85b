import { HitList } from "../../parts/HitList.tsx";
import { QueryBox } from "../../parts/QueryBox.tsx";
import { SampleChips } from "../../parts/SampleChips.tsx";
import { useActions, useApp } from "../../state/context.tsx";
import { Recency } from "./Recency.tsx";
import { Timeline } from "./Timeline.tsx";
import { views } from "../../words/en/views.ts";
import { useWords } from "../../words/words.ts";

/** chat: what was said as a timeline, and a new utterance that lights up what it recalls. */
export function ChatView() {
  const { utterance } = useApp((state) => state.query.drafts.chat);
  const { query } = useActions();
  const words = useWords("views", views).chat;
  return (
    <>
      <Timeline />
      <QueryBox
        task="chat"
        label={words.label}
        placeholder={words.placeholder}
        value={utterance}
        onChange={(value) => query.type("chat", { utterance: value })}
      />
      {utterance === "" && <SampleChips task="chat" />}
      <HitList task="chat" heading={words.heading} between={<Recency />} />
    </>
  );
}
