import { useApp } from "../../state/context.tsx";
import { selectPrompt } from "../../state/select.ts";
import { Budget } from "./Budget.tsx";
import { rankById } from "../ranks.ts";
import { views } from "../../words/en/views.ts";
import { useWords } from "../../words/words.ts";

/** The chosen examples as the model will read them: worst first, best last, then the input. */
export function Demonstrations({ input }: { readonly input: string }) {
  const result = useApp((state) => state.results.icl.result);
  const prompt = useApp((state) => selectPrompt(state, "icl"));
  const words = useWords("views", views).icl;
  if (result === null || prompt === undefined) return null;
  const ranks = rankById(result.hits);
  const chosen = prompt.usedIds
    .map((id) => result.hits.find(({ passage }) => passage.id === id)?.passage)
    .filter((passage) => passage !== undefined);
  return (
    <section className="demonstrations" aria-label={words.inOrder}>
      <h2>{words.bestLast}</h2>
      <ol>
        {chosen.map(({ id, record, text }) => (
          <li key={id}>
            <span className="lit-rank" title={words.rank(String(ranks.get(id)))}>
              {ranks.get(id)}
            </span>
            <span dir="auto">{record.kind === "example" ? record.input : text}</span>
            <span className="output" dir="auto">
              {record.kind === "example" ? record.output : ""}
            </span>
          </li>
        ))}
        <li className="asked">
          <span className="lit-rank" aria-hidden="true">
            ?
          </span>
          <span dir="auto">{input}</span>
          <span className="output">{words.modelsTurn}</span>
        </li>
      </ol>
      <Budget chosen={chosen} input={input} prompt={prompt} />
    </section>
  );
}
