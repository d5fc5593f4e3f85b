import { HitList } from "../../parts/HitList.tsx";
import { QueryBox } from "../../parts/QueryBox.tsx";
import { SampleChips } from "../../parts/SampleChips.tsx";
import { useActions, useApp } from "../../state/context.tsx";
import { Demonstrations } from "./Demonstrations.tsx";
import { ExampleTable } from "./ExampleTable.tsx";
import { views } from "../../words/en/views.ts";
import { useWords } from "../../words/words.ts";

/** icl: an input, the demonstrations chosen for it in prompt order, and the table that they come from. */
export function IclView() {
  const { input } = useApp((state) => state.query.drafts.icl);
  const { query } = useActions();
  const words = useWords("views", views).icl;
  return (
    <>
      <QueryBox
        task="icl"
        label={words.label}
        placeholder={words.placeholder}
        value={input}
        onChange={(value) => query.type("icl", { input: value })}
      />
      {input === "" && <SampleChips task="icl" />}
      <HitList task="icl" heading={words.heading} between={<Demonstrations input={input} />} />
      <ExampleTable />
    </>
  );
}
