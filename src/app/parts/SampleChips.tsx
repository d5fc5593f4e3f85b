import { textOfQuery, type TaskId } from "../../contract/index.ts";
import { useActions, useApp } from "../state/context.tsx";
import { hasSample, selectSample } from "../state/select.ts";
import { search } from "../words/en/search.ts";
import { useWords } from "../words/words.ts";

/** Queries that the sample answers, shown once its files are here. */
export function SampleChips({ task }: { readonly task: TaskId }) {
  const sample = useApp((state) => selectSample(state, task));
  const isHere = useApp((state) => hasSample(state, task));
  const { query } = useActions();
  const words = useWords("search", search);
  if (!sample || !isHere || sample.queries.length === 0) return null;
  return (
    <ul className="chips" aria-label={words.tryOne}>
      {sample.queries.map((one) => (
        <li key={textOfQuery(one)}>
          <button type="button" className="chip" onClick={() => query.use(one)}>
            <span dir="auto">{textOfQuery(one)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
