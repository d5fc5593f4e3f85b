import type { QueryText } from "../../../contract/index.ts";
import { formatNoun } from "../../parts/format.ts";
import { useActions, useApp } from "../../state/context.tsx";
import { benches } from "../../words/en/benches.ts";
import { useWords } from "../../words/words.ts";

/** The text that was really embedded: which turns were kept and which were cut; it can be edited. */
export function Embedded({ query }: { readonly query: QueryText }) {
  const edited = useApp((state) => state.query.embedded);
  const { query: actions } = useActions();
  const words = useWords("benches", benches).convsearch;
  const { text, instruction, turnsKept, turnsCut, truncated } = query;
  return (
    <details className="embedded" open>
      <summary>
        {edited === null ? <>What is embedded: the question</> : words.edited}
        {turnsKept > 0 && <> with {formatNoun(turnsKept, "turn")}</>}
        {turnsCut > 0 && <strong>, {formatNoun(turnsCut, "older turn")} left out</strong>}
        {truncated && <strong>, its end cut off</strong>}
      </summary>
      {edited === null ? (
        <p>
          {instruction !== "" && <span className="instruction">{instruction}</span>}
          {text}{" "}
          <button type="button" className="link" onClick={() => actions.embed(text)}>
            {words.edit}
          </button>
        </p>
      ) : (
        <p className="embedded-edit">
          {instruction !== "" && <span className="instruction">{instruction}</span>}
          <textarea
            className="turn"
            rows={3}
            aria-label={words.editing}
            value={edited}
            onChange={(event) => actions.embed(event.currentTarget.value)}
          />
          <button type="button" className="link" onClick={() => actions.embed(null)}>
            {words.back}
          </button>
        </p>
      )}
    </details>
  );
}
