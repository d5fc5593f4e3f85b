import type { SearchResult } from "../../contract/index.ts";
import { formatCount, formatMs, formatNoun } from "./format.ts";

interface ResultLineProps {
  readonly heading: string;
  readonly result: SearchResult;
}

/** How many hits, out of how many, how fast, and what is missing. */
export function ResultLine({ heading, result }: ResultLineProps) {
  const { hits, timings, notIndexed, query } = result;
  return (
    <header className="result-line">
      <h2>{heading}</h2>
      <p className="sounding">
        {formatNoun(hits.length, "hit")} in{" "}
        <abbr
          title={`embedding ${formatMs(timings.embedMs)}, vectors ${formatMs(timings.scanMs)}, keywords ${formatMs(timings.keywordsMs)}, fusion ${formatMs(timings.fuseMs)}`}
        >
          {formatMs(timings.totalMs)}
        </abbr>
      </p>
      {notIndexed > 0 && (
        <p className="warning">
          {formatNoun(notIndexed, "passage")} not indexed yet: found by keywords only until then.
        </p>
      )}
      {query.truncated && (
        <p className="warning">
          The query is longer than {formatCount(query.limitTokens)} tokens: its end was left out of the
          embedding.
        </p>
      )}
    </header>
  );
}
