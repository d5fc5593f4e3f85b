import { useShallow } from "zustand/react/shallow";
import { KIND_OF_TASK, type TaskId } from "../../contract/index.ts";
import { useActions, useApp } from "../state/context.tsx";
import { narrowingOf, searchedCollections } from "../state/refine.ts";
import { search } from "../words/en/search.ts";
import { useWords } from "../words/words.ts";

/** Only what a person has put a word of their own on; nothing is shown while no source has one. */
export function TagFilter({ task }: { readonly task: TaskId }) {
  const kind = KIND_OF_TASK[task];
  const tags = useApp(
    useShallow((state) => {
      const sources = searchedCollections(state, task).flatMap(
        ({ id }) => state.corpus.sourcesByCollection[id] ?? [],
      );
      return [...new Set(sources.flatMap((source) => source.tags))].toSorted();
    }),
  );
  const chosen = useApp(useShallow((state) => narrowingOf(state, kind).tags));
  const { refine } = useActions();
  const words = useWords("search", search);
  if (tags.length === 0) return null;
  const toggle = (tag: string, wanted: boolean): void =>
    refine.narrow(kind, { tags: wanted ? [...chosen, tag] : chosen.filter((one) => one !== tag) });
  return (
    <fieldset className="refine-list">
      <legend className="choice-label">{words.onlyTagged}</legend>
      <div className="refine-rows">
        {tags.map((tag) => (
          <label key={tag} className="choice-row">
            <input
              type="checkbox"
              checked={chosen.includes(tag)}
              onChange={(event) => toggle(tag, event.currentTarget.checked)}
            />
            <span dir="auto">{tag}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
