import { useShallow } from "zustand/react/shallow";
import { KIND_OF_TASK, type TaskId } from "../../contract/index.ts";
import { formatNoun } from "../parts/format.ts";
import { useActions, useApp } from "../state/context.tsx";
import { narrowingOf } from "../state/refine.ts";
import { selectCollection } from "../state/select.ts";
import { NOUN_OF_KIND } from "../views/about.ts";
import { shownName } from "../state/collection-name.ts";
import { search } from "../words/en/search.ts";
import { useWords } from "../words/words.ts";

/** Other collections of the same kind, to be searched together with the one that is worked on. */
export function CollectionFilter({ task }: { readonly task: TaskId }) {
  const kind = KIND_OF_TASK[task];
  const main = useApp((state) => selectCollection(state, task));
  const others = useApp(
    useShallow((state) =>
      state.corpus.collections.filter((one) => one.kind === kind && one.id !== main?.id && one.passages > 0),
    ),
  );
  const alsoIn = useApp(useShallow((state) => narrowingOf(state, kind).alsoIn));
  const { refine, corpus } = useActions();
  const words = useWords("search", search);
  if (!main || others.length === 0) return null;
  const toggle = (id: number, wanted: boolean): void => {
    refine.narrow(kind, { alsoIn: wanted ? [...alsoIn, id] : alsoIn.filter((one) => one !== id) });
    if (wanted) void corpus.indexOrOffer(task);
  };
  return (
    <fieldset className="refine-list">
      <legend className="choice-label">{words.besides(shownName(main))}</legend>
      {others.map(({ id, passages, ...other }) => (
        <label key={id} className="choice-row">
          <input
            type="checkbox"
            checked={alsoIn.includes(id)}
            onChange={(event) => toggle(id, event.currentTarget.checked)}
          />
          <span>
            <span dir="auto">{shownName(other)}</span>{" "}
            <span className="quiet">{formatNoun(passages, NOUN_OF_KIND[kind])}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
