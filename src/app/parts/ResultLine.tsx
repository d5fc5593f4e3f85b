import { KIND_OF_TASK, type SearchResult, type TaskId } from "../../contract/index.ts";
import { reachOf, wordsOnlyIn } from "../search/words.ts";
import { useActions, useApp } from "../state/context.tsx";
import { NOUN_OF_KIND } from "../views/about.ts";
import { hits as english } from "../words/en/hits.ts";
import { useWords } from "../words/words.ts";
import { SearchedThere } from "../remote/SearchedThere.tsx";
import { formatCount, formatNoun } from "./format.ts";
import { SaveHits } from "../hits/SaveHits.tsx";
import { Timings } from "../hits/Timings.tsx";

interface ResultLineProps {
  readonly task: TaskId;
  readonly heading: string;
  readonly result: SearchResult;
}

/** How many hits, how fast, what is missing, and a way of taking them along. */
export function ResultLine({ task, heading, result }: ResultLineProps) {
  const busy = useApp((state) => state.jobs.running.length > 0);
  const { corpus } = useActions();
  const words = useWords("hits", english);
  const { hits, timings, notIndexed, query } = result;
  const collections = useApp((state) => state.corpus.collections);
  const model = useApp((state) => state.model.status?.model.name ?? "The model");
  const wordsOnly = wordsOnlyIn(result, collections, model);
  const reach = reachOf(result);
  const isOne = notIndexed === 1;
  return (
    <header className="result-line">
      <h2>{heading}</h2>
      <p className="sounding">{words.found(formatNoun(hits.length, "hit"))}</p>
      <Timings timings={timings} />
      {hits.length > 0 && <SaveHits task={task} result={result} />}
      {notIndexed > 0 && (
        <p className="warning">
          {words.noVector(formatNoun(notIndexed, NOUN_OF_KIND[KIND_OF_TASK[task]]), isOne)}{" "}
          {!busy && (
            <button type="button" className="link" onClick={() => void corpus.index(task)}>
              {words.indexThem(isOne)}
            </button>
          )}
        </p>
      )}
      {wordsOnly !== null && <p className="reach">{wordsOnly}</p>}
      {result.remote && <SearchedThere remote={result.remote} />}
      {reach !== null && <p className="reach">{reach}</p>}
      {query.truncated && <p className="warning">{words.truncated(formatCount(query.limitTokens))}</p>}
    </header>
  );
}
