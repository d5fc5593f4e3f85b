import { KIND_OF_TASK, type SearchResult, type TaskId } from "../../contract/index.ts";
import { useActions, useApp } from "../state/context.tsx";
import { modeInUse } from "../state/query.ts";
import { NOUN_OF_KIND } from "../views/about.ts";
import { formatNoun } from "./format.ts";
import { search } from "../words/en/search.ts";
import { useWords } from "../words/words.ts";

interface NoHitsProps {
  readonly task: TaskId;
  readonly result: SearchResult;
}

/** Nothing was found: says so, and offers the one switch that could change it. */
export function NoHits({ task, result }: NoHitsProps) {
  const mode = useApp(modeInUse);
  const model = useApp((state) => state.model.status?.model);
  const { query, panel } = useActions();
  const words = useWords("search", search);
  const { notIndexed, candidates } = result;
  const isUnembedded = mode !== "keywords" && notIndexed > 0 && (candidates?.count ?? 0) === 0;
  return (
    <div className="no-hits">
      {isUnembedded ? (
        <p>
          {words.noVectorYet(formatNoun(notIndexed, NOUN_OF_KIND[KIND_OF_TASK[task]]), model?.name ?? "")}
        </p>
      ) : (
        <p>{words.nothingMatches}</p>
      )}
      {mode !== "keywords" ? (
        <p className="quiet">{words.askOtherwise}</p>
      ) : model?.dim === 0 ? (
        <button type="button" className="button" onClick={() => panel.showModels(true)}>
          {words.chooseVectors}
        </button>
      ) : (
        <button type="button" className="button" onClick={() => query.setMode("hybrid")}>
          {words.meaningAsWell}
        </button>
      )}
    </div>
  );
}
