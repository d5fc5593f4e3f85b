import { useApp } from "../../state/context.tsx";
import { selectPrompt } from "../../state/select.ts";
import { Budget } from "./Budget.tsx";
import { rankById } from "../ranks.ts";

/** The chosen examples as the model will read them: worst first, best last, then the input. */
export function Demonstrations({ input }: { readonly input: string }) {
  const result = useApp((state) => state.results.icl.result);
  const prompt = useApp((state) => selectPrompt(state, "icl"));
  if (result === null || prompt === undefined) return null;
  const ranks = rankById(result.hits);
  const chosen = prompt.usedIds
    .map((id) => result.hits.find(({ passage }) => passage.id === id)?.passage)
    .filter((passage) => passage !== undefined);
  return (
    <section className="demonstrations" aria-label="Demonstrations in prompt order">
      <h2>In the prompt, best last</h2>
      <ol>
        {chosen.map(({ id, record, text }) => (
          <li key={id}>
            <span className="lit-rank" title={`Rank ${ranks.get(id)}`}>
              {ranks.get(id)}
            </span>
            <span>{record.kind === "example" ? record.input : text}</span>
            <span className="output">{record.kind === "example" ? record.output : ""}</span>
          </li>
        ))}
        <li className="asked">
          <span className="lit-rank" aria-hidden="true">
            ?
          </span>
          <span>{input}</span>
          <span className="output">the model’s turn</span>
        </li>
      </ol>
      <Budget chosen={chosen} input={input} prompt={prompt} />
    </section>
  );
}
