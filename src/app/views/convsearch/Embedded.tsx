import type { QueryText } from "../../../contract/index.ts";
import { formatNoun } from "../../parts/format.ts";

/** The text that was really embedded: which turns were kept and which were cut. */
export function Embedded({ query }: { readonly query: QueryText }) {
  const { text, instruction, turnsKept, turnsCut, truncated } = query;
  return (
    <details className="embedded" open>
      <summary>
        What is embedded: the question
        {turnsKept > 0 && <> with {formatNoun(turnsKept, "turn")}</>}
        {turnsCut > 0 && <strong>, {formatNoun(turnsCut, "older turn")} left out</strong>}
        {truncated && <strong>, its end cut off</strong>}
      </summary>
      <p>
        {instruction !== "" && <span className="instruction">{instruction}</span>}
        {text}
      </p>
    </details>
  );
}
