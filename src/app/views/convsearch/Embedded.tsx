import { useState } from "react";
import type { QueryText } from "../../../contract/index.ts";
import { formatNoun } from "../../parts/format.ts";
import { useActions, useApp } from "../../state/context.tsx";
import { benches } from "../../words/en/benches.ts";
import { useWords } from "../../words/words.ts";
import { views } from "../../words/en/views.ts";

/** The text that was really embedded: which turns were kept and which were cut; it can be edited. */
export function Embedded({ query }: { readonly query: QueryText }) {
  const edited = useApp((state) => state.query.embedded);
  const { query: actions } = useActions();
  const words = useWords("benches", benches).convsearch;
  const told = useWords("views", views).convsearch;
  const [isWide] = useState(() => matchMedia("(min-width: 50em)").matches);
  const { text, instruction, turnsKept, turnsCut, truncated } = query;
  return (
    <details className="embedded" open={isWide}>
      <summary>
        {edited === null ? told.embedded : words.edited}
        {turnsKept > 0 && told.withTurns(formatNoun(turnsKept, "turn"))}
        {turnsCut > 0 && <strong>{told.turnsLeftOut(formatNoun(turnsCut, "older turn"))}</strong>}
        {truncated && <strong>{told.endCut}</strong>}
      </summary>
      {edited === null ? (
        <p dir="auto">
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
            dir="auto"
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
