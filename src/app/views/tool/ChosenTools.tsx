import { useState } from "react";
import type { Hit } from "../../../contract/index.ts";
import { CopyButton } from "../../parts/CopyButton.tsx";
import { Savings } from "./Savings.tsx";
import { views } from "../../words/en/views.ts";
import { useWords } from "../../words/words.ts";

/** The original judges tool retrieval at five. */
const CHOSEN_AT_FIRST = 5;
const OFFERED = 10;

/** A choice among the best tools, to be copied as the specifications they were put in as. */
export function ChosenTools({ hits }: { readonly hits: readonly Hit[] }) {
  const tools = hits.slice(0, OFFERED).map(({ passage }) => passage);
  const words = useWords("views", views).tool;
  const [chosen, setChosen] = useState<ReadonlySet<number>>(
    () => new Set(tools.slice(0, CHOSEN_AT_FIRST).map(({ id }) => id)),
  );
  const specs = tools
    .filter(({ id }) => chosen.has(id))
    .map(({ record }) => (record.kind === "tool" ? record.spec : null));
  const toggle = (id: number): void => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  return (
    <fieldset className="chosen-tools">
      <legend>{words.send}</legend>
      {tools.map(({ id, record, title }) => (
        <label key={id}>
          <input type="checkbox" checked={chosen.has(id)} onChange={() => toggle(id)} />
          <code>{record.kind === "tool" ? record.api : title}</code>
        </label>
      ))}
      <CopyButton label={words.copy(String(specs.length))} text={JSON.stringify(specs, null, 2)} />
      <Savings specs={specs} />
    </fieldset>
  );
}
