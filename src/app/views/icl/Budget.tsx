import type { Passage, Prompt } from "../../../contract/index.ts";
import { formatCount } from "../../parts/format.ts";
import { useApp } from "../../state/context.tsx";
import { benches } from "../../words/en/benches.ts";
import { useWords } from "../../words/words.ts";
import { rankById } from "../ranks.ts";
import { useTokens } from "../use-tokens.ts";

interface BudgetProps {
  /** In prompt order. */
  readonly chosen: readonly Passage[];
  readonly input: string;
  readonly prompt: Prompt;
}

const written = ({ record, text }: Passage): string =>
  record.kind === "example" ? `${record.input}\n${record.output}` : text;

/** What the demonstrations take of the prompt's tokens, in their order, and which of them did not fit. */
export function Budget({ chosen, input, prompt }: BudgetProps) {
  const hits = useApp((state) => state.results.icl.result?.hits) ?? [];
  const words = useWords("benches", benches).icl;
  const tokens = useTokens([...chosen.map(written), input]);
  const { lengthTokens, budgetTokens, droppedIds } = prompt;
  const ranks = rankById(hits);
  const dropped = droppedIds
    .map((id) => hits.find(({ passage }) => passage.id === id)?.passage)
    .filter((passage) => passage !== undefined);
  if (tokens === null) return null;
  const around = Math.max(0, lengthTokens - tokens.reduce((sum, one) => sum + one, 0));
  const parts = [
    ...chosen.map((passage, place) => ({
      kind: "example",
      tokens: tokens[place] ?? 0,
      label: words.example(ranks.get(passage.id) ?? 0, formatCount(tokens[place] ?? 0)),
      mark: String(ranks.get(passage.id) ?? ""),
    })),
    {
      kind: "input",
      tokens: tokens.at(-1) ?? 0,
      label: words.input(formatCount(tokens.at(-1) ?? 0)),
      mark: "?",
    },
    { kind: "around", tokens: around, label: words.around(formatCount(around)), mark: "" },
  ];
  return (
    <section className="spending" aria-label={words.budget}>
      <ol className="spending-bar">
        {parts.map(({ kind, tokens: size, label, mark }) => (
          <li key={label} data-kind={kind} title={label} style={{ flexGrow: size }}>
            <span aria-hidden="true">{mark}</span>
            <span className="unseen">{label}</span>
          </li>
        ))}
      </ol>
      <p className="quiet">
        <span className="sounding">{words.spent(formatCount(lengthTokens), formatCount(budgetTokens))}</span>,{" "}
        {words.free(formatCount(Math.max(0, budgetTokens - lengthTokens)))}
      </p>
      {dropped.length > 0 && (
        <p className="warning">
          {words.dropped}:{" "}
          {dropped.map((passage) => `${ranks.get(passage.id)}. ${short(passage)}`).join("; ")}
        </p>
      )}
    </section>
  );
}

const SHORT = 48;

function short(passage: Passage): string {
  const text = passage.record.kind === "example" ? passage.record.input : passage.text;
  return text.length <= SHORT ? text : `${text.slice(0, SHORT - 1)}…`;
}
