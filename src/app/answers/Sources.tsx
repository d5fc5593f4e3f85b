import type { AnswerSource } from "../../contract/index.ts";
import { answers as english } from "../words/en/answers.ts";
import { useWords } from "../words/words.ts";
import { useOpenSource } from "./use-open-source.ts";

/** The numbered sources of an answer, cited ones and others. */
export function Sources({ sources }: { readonly sources: readonly AnswerSource[] }) {
  const words = useWords("answers", english);
  const open = useOpenSource();
  if (sources.length === 0) return null;
  return (
    <details className="answer-sources">
      <summary>
        {words.sources} ({sources.length})
      </summary>
      <ol>
        {sources.map((source) => (
          <li key={source.passageId}>
            <p className="source-name">{source.title || source.sourceName}</p>
            <p className="answer-excerpt">{source.text}</p>
            <button type="button" className="link" onClick={() => open(source)}>
              {words.open}: {source.sourceName}
            </button>
          </li>
        ))}
      </ol>
    </details>
  );
}
