import { KIND_OF_TASK, type SearchResult, type TaskId } from "../../contract/index.ts";
import { reachOf, wordsOnlyIn } from "../search/words.ts";
import { useActions, useApp } from "../state/context.tsx";
import { NOUN_OF_KIND } from "../views/about.ts";
import { formatCount, formatMs, formatNoun } from "./format.ts";

interface ResultLineProps {
  readonly task: TaskId;
  readonly heading: string;
  readonly result: SearchResult;
}

/** How many hits, out of how many, how fast, and what is missing. */
export function ResultLine({ task, heading, result }: ResultLineProps) {
  const busy = useApp((state) => state.jobs.running.length > 0);
  const { corpus } = useActions();
  const { hits, timings, notIndexed, query } = result;
  const collections = useApp((state) => state.corpus.collections);
  const model = useApp((state) => state.model.status?.model.name ?? "The model");
  const wordsOnly = wordsOnlyIn(result, collections, model);
  const reach = reachOf(result);
  return (
    <header className="result-line">
      <h2>{heading}</h2>
      <p className="sounding">
        {formatNoun(hits.length, "hit")} in{" "}
        <abbr title={timings.steps.map(({ step, tookMs }) => `${step} ${formatMs(tookMs)}`).join(", ")}>
          {formatMs(timings.totalMs)}
        </abbr>
      </p>
      {notIndexed > 0 && (
        <p className="warning">
          {formatNoun(notIndexed, NOUN_OF_KIND[KIND_OF_TASK[task]])} {notIndexed === 1 ? "has" : "have"} no
          vector yet: found by keywords only until then.{" "}
          {!busy && (
            <button type="button" className="link" onClick={() => void corpus.index(task)}>
              Index {notIndexed === 1 ? "it" : "them"}
            </button>
          )}
        </p>
      )}
      {wordsOnly !== null && <p className="reach">{wordsOnly}</p>}
      {reach !== null && <p className="reach">{reach}</p>}
      {query.truncated && (
        <p className="warning">
          The query is longer than {formatCount(query.limitTokens)} tokens: its end was left out of the
          embedding.
        </p>
      )}
    </header>
  );
}
