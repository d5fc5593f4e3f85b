import { KIND_OF_TASK, type TaskId } from "../../contract/index.ts";
import { formatNoun } from "../parts/format.ts";
import { useActions, useApp } from "../state/context.tsx";
import { narrowingOf } from "../state/refine.ts";
import { search } from "../words/en/search.ts";
import { useWords } from "../words/words.ts";

/** Says that only a part of the map is searched, and takes that back. */
export function RegionChip({ task }: { readonly task: TaskId }) {
  const kind = KIND_OF_TASK[task];
  const region = useApp((state) => narrowingOf(state, kind).region);
  const { refine } = useActions();
  const words = useWords("search", search);
  if (region === null) return null;
  const passages = formatNoun(region.passageIds.length, "passage");
  const said = region.name === "" ? words.onlyRegion(passages) : words.onlyNamedRegion(region.name, passages);
  return (
    <p className="refine-chip">
      <span role="status" dir="auto">
        {said}
      </span>
      <button type="button" className="link" onClick={() => refine.narrow(kind, { region: null })}>
        {words.allOfTheMap}
      </button>
    </p>
  );
}
