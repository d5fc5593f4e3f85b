import { HitList } from "../../parts/HitList.tsx";
import { QueryBox } from "../../parts/QueryBox.tsx";
import { SampleChips } from "../../parts/SampleChips.tsx";
import { useActions, useApp } from "../../state/context.tsx";
import { Demonstrations } from "./Demonstrations.tsx";
import { ExampleTable } from "./ExampleTable.tsx";

/** icl: an input, the demonstrations chosen for it in prompt order, and the table that they come from. */
export function IclView() {
  const { input } = useApp((state) => state.query.drafts.icl);
  const { query } = useActions();
  return (
    <>
      <QueryBox
        task="icl"
        label="Input"
        placeholder="An input without its output"
        value={input}
        onChange={(value) => query.type("icl", { input: value })}
      />
      {input === "" && <SampleChips task="icl" />}
      <HitList task="icl" heading="Why these" between={<Demonstrations input={input} />} />
      <ExampleTable />
    </>
  );
}
