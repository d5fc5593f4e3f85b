import { HitList } from "../../parts/HitList.tsx";
import { QueryBox } from "../../parts/QueryBox.tsx";
import { SampleChips } from "../../parts/SampleChips.tsx";
import { useActions, useApp } from "../../state/context.tsx";
import { ChosenTools } from "./ChosenTools.tsx";
import { ToolParameters } from "./ToolParameters.tsx";
import { ToolTable } from "./ToolTable.tsx";
import { views } from "../../words/en/views.ts";
import { useWords } from "../../words/words.ts";

/** tool: a request, the tools that fit it with their parameters, and their specifications to copy. */
export function ToolView() {
  const { request } = useApp((state) => state.query.drafts.tool);
  const result = useApp((state) => state.results.tool.result);
  const { query } = useActions();
  const words = useWords("views", views).tool;
  return (
    <>
      <QueryBox
        task="tool"
        label={words.label}
        placeholder={words.placeholder}
        value={request}
        onChange={(value) => query.type("tool", { request: value })}
      />
      {request === "" && <SampleChips task="tool" />}
      <HitList
        task="tool"
        heading={words.heading}
        between={
          result !== null &&
          result.hits.length > 0 && <ChosenTools hits={result.hits} key={result.query.text} />
        }
        extra={({ passage }) => <ToolParameters record={passage.record} />}
      />
      <ToolTable />
    </>
  );
}
