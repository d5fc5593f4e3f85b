import type { TaskId, TaskQuery } from "../../contract/index.ts";
import { useActions, useApp } from "../state/context.tsx";
import { hasSample, selectSample } from "../state/select.ts";
import { search } from "../words/en/search.ts";
import { useWords } from "../words/words.ts";

function caption(query: TaskQuery): string {
  switch (query.task) {
    case "qa":
    case "convsearch":
      return query.question;
    case "chat":
      return query.utterance;
    case "lrlm":
      return query.chunk;
    case "icl":
      return query.input;
    case "tool":
      return query.request;
    default:
      return query satisfies never;
  }
}

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
        <li key={caption(one)}>
          <button type="button" className="chip" onClick={() => query.use(one)}>
            <span dir="auto">{caption(one)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
