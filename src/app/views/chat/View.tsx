import { HitList } from "../../parts/HitList.tsx";
import { QueryBox } from "../../parts/QueryBox.tsx";
import { SampleChips } from "../../parts/SampleChips.tsx";
import { useActions, useApp } from "../../state/context.tsx";
import { Recency } from "./Recency.tsx";
import { Timeline } from "./Timeline.tsx";
import { views } from "../../words/en/views.ts";
import { useWords } from "../../words/words.ts";

/** chat: a new utterance, what it recalls at its angle, and below it the history in which that is lit up. */
export function ChatView() {
  const { utterance } = useApp((state) => state.query.drafts.chat);
  const { query } = useActions();
  const hasAnswer = useApp((state) => state.results.chat.result !== null);
  const words = useWords("views", views).chat;
  return (
    <>
      <QueryBox
        task="chat"
        label={words.label}
        placeholder={words.placeholder}
        value={utterance}
        onChange={(value) => query.type("chat", { utterance: value })}
      />
      {utterance === "" && <SampleChips task="chat" />}
      {!hasAnswer && <Timeline />}
      <HitList
        task="chat"
        heading={words.heading}
        between={
          <>
            <Recency />
            <Timeline />
          </>
        }
      />
    </>
  );
}
