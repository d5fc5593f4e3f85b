import { HitList } from "../../parts/HitList.tsx";
import { QueryBox } from "../../parts/QueryBox.tsx";
import { SampleChips } from "../../parts/SampleChips.tsx";
import { useActions, useApp } from "../../state/context.tsx";

/** qa: a question, and the passages that answer it. */
export function QaView() {
  const { question } = useApp((state) => state.query.drafts.qa);
  const { query } = useActions();
  return (
    <>
      <QueryBox
        task="qa"
        label="Question"
        placeholder="What would you like to know?"
        value={question}
        onChange={(value) => query.type("qa", { question: value })}
      />
      {question === "" && <SampleChips task="qa" />}
      <HitList task="qa" heading="Passages" />
    </>
  );
}
