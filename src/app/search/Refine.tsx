import { KIND_OF_TASK, type TaskId } from "../../contract/index.ts";
import { Choice } from "../shell/Choice.tsx";
import { useActions, useApp } from "../state/context.tsx";
import { EXACTNESSES, narrowingOf } from "../state/refine.ts";
import { selectResults } from "../state/select.ts";
import { FUSIONS } from "../state/url.ts";
import { CollectionFilter } from "./CollectionFilter.tsx";
import { SourceFilter } from "./SourceFilter.tsx";
import { DayFilter } from "./DayFilter.tsx";
import { TagFilter } from "./TagFilter.tsx";
import { exactnessUsed, refinementsOf } from "./words.ts";
import { search } from "../words/en/search.ts";
import { useWords } from "../words/words.ts";

/** How and where is searched, behind one line that says what is not as usual. */
export function Refine({ task }: { readonly task: TaskId }) {
  const words = useWords("search", search);
  const refinements = useApp((state) =>
    words.listed(refinementsOf(state.refine, state.query, narrowingOf(state, KIND_OF_TASK[task]))),
  );
  return (
    <details className="refine">
      <summary>
        {words.whereAndHow}
        {refinements !== "" && <span className="sounding">: {refinements}</span>}
      </summary>
      <div className="refine-parts">
        {task !== "lrlm" && (
          <>
            <CollectionFilter task={task} />
            <SourceFilter task={task} />
            <TagFilter task={task} />
            <DayFilter task={task} />
          </>
        )}
        <Manner task={task} />
      </div>
    </details>
  );
}

/** Exactness, fusion and near-duplicates: the same for every collection. */
function Manner({ task }: { readonly task: TaskId }) {
  const exactness = useApp((state) => state.refine.exactness);
  const fewer = useApp((state) => state.refine.fewerDuplicates);
  const fusion = useApp((state) => state.query.fusion);
  const used = useApp((state) => {
    const { result } = selectResults(state, task);
    return result && exactnessUsed(result);
  });
  const { query, refine } = useActions();
  const words = useWords("search", search);
  return (
    <>
      <div>
        <Choice
          label={words.howSurely}
          value={exactness}
          words={words.exactness}
          all={EXACTNESSES}
          onChange={refine.setExactness}
        />
        {used !== null && <p className="sounding">{used}</p>}
      </div>
      <Choice
        label={words.mixes}
        value={fusion}
        words={words.fusion}
        all={FUSIONS}
        onChange={query.setFusion}
      />
      <label className="choice-row">
        <input
          type="checkbox"
          checked={fewer}
          onChange={(event) => refine.setFewerDuplicates(event.currentTarget.checked)}
        />
        {words.fewerDuplicates}
      </label>
    </>
  );
}
