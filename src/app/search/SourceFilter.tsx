import { useState } from "react";
import { useShallow } from "zustand/react/shallow";
import { KIND_OF_TASK, type TaskId } from "../../contract/index.ts";
import { formatNoun } from "../parts/format.ts";
import { useActions, useApp } from "../state/context.tsx";
import { narrowingOf, searchedCollections } from "../state/refine.ts";
import { NOUN_OF_KIND } from "../views/about.ts";
import { search } from "../words/en/search.ts";
import { useWords } from "../words/words.ts";

const SEARCHABLE_FROM = 8;
const SHOWN_AT_MOST = 60;

/** Only some of the sources; none chosen means all. */
export function SourceFilter({ task }: { readonly task: TaskId }) {
  const kind = KIND_OF_TASK[task];
  const sources = useApp(
    useShallow((state) =>
      searchedCollections(state, task).flatMap(({ id }) => state.corpus.sourcesByCollection[id] ?? []),
    ),
  );
  const chosen = useApp(useShallow((state) => narrowingOf(state, kind).sourceIds));
  const { refine } = useActions();
  const told = useWords("search", search);
  const [wanted, setWanted] = useState("");
  if (sources.length < 2) return null;
  const words = wanted.trim().toLowerCase();
  const matching = sources.filter(
    ({ id, name }) => chosen.includes(id) || name.toLowerCase().includes(words),
  );
  const shown = matching.slice(0, SHOWN_AT_MOST);
  const toggle = (id: number, only: boolean): void =>
    refine.narrow(kind, { sourceIds: only ? [...chosen, id] : chosen.filter((one) => one !== id) });
  return (
    <fieldset className="refine-list">
      <legend className="choice-label">{told.onlySources}</legend>
      {sources.length >= SEARCHABLE_FROM && (
        <input
          className="field"
          type="search"
          aria-label={told.findSource}
          placeholder={told.findOneOf(formatNoun(sources.length, "source"))}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
        />
      )}
      <div className="refine-rows">
        {shown.map(({ id, name, total }) => (
          <label key={id} className="choice-row">
            <input
              type="checkbox"
              checked={chosen.includes(id)}
              onChange={(event) => toggle(id, event.currentTarget.checked)}
            />
            <span>
              <span dir="auto">{name}</span>{" "}
              <span className="quiet">{formatNoun(total, NOUN_OF_KIND[kind])}</span>
            </span>
          </label>
        ))}
      </div>
      {matching.length > shown.length && (
        <p className="quiet">{told.andOthers(formatNoun(matching.length - shown.length, "other"))}</p>
      )}
      {chosen.length > 0 && (
        <button type="button" className="link" onClick={() => refine.narrow(kind, { sourceIds: [] })}>
          {told.allSources}
        </button>
      )}
    </fieldset>
  );
}
