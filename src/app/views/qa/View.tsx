import { HitList } from "../../parts/HitList.tsx";
import { QueryBox } from "../../parts/QueryBox.tsx";
import { SampleChips } from "../../parts/SampleChips.tsx";
import { useActions, useApp } from "../../state/context.tsx";
import { views } from "../../words/en/views.ts";
import { useWords } from "../../words/words.ts";

/** qa: a question, and the passages that answer it. */
export function QaView() {
  const { question } = useApp((state) => state.query.drafts.qa);
  const { query } = useActions();
  const words = useWords("views", views).qa;
  return (
    <>
      <QueryBox
        task="qa"
        label={words.label}
        placeholder={words.placeholder}
        value={question}
        onChange={(value) => query.type("qa", { question: value })}
      />
      {question === "" && <SampleChips task="qa" />}
      <HitList task="qa" heading={words.heading} />
    </>
  );
}
