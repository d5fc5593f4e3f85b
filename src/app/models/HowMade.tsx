import { useId } from "react";
import type { AddModelRequest, Pooling } from "../../contract/index.ts";

/** What a model's files may not say. */
export interface Making {
  /** null: as the files say. */
  readonly pooling: Pooling | null;
  readonly query: string;
  readonly key: string;
}

export const AS_FILES_SAY: Making = { pooling: null, query: "", key: "" };

/** The part of a request that says how vectors are made; empty where nothing was chosen. */
export function makingOf({ pooling, query, key }: Making): Pick<AddModelRequest, "pooling" | "prefixes"> {
  return {
    ...(pooling === null ? {} : { pooling }),
    ...(query === "" && key === "" ? {} : { prefixes: { query, key } }),
  };
}

const POOLINGS = {
  files: "as its files say",
  cls: "the first token stands for all (CLS)",
  mean: "the mean of all tokens",
} as const;

interface HowMadeProps {
  readonly making: Making;
  readonly onChange: (making: Making) => void;
}

/** How token vectors become one, and what stands in front of a text, for a model that Sextant does not know. */
export function HowMade({ making, onChange }: HowMadeProps) {
  const id = useId();
  const { pooling, query, key } = making;
  return (
    <details className="how-made">
      <summary>How its vectors are made</summary>
      <label htmlFor={`${id}-pooling`}>One vector of a text</label>
      <select
        id={`${id}-pooling`}
        className="field"
        value={pooling ?? "files"}
        onChange={({ currentTarget: { value } }) =>
          onChange({ ...making, pooling: value === "cls" || value === "mean" ? value : null })
        }
      >
        {Object.entries(POOLINGS).map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
      <label htmlFor={`${id}-query`}>In front of a query</label>
      <input
        id={`${id}-query`}
        className="field"
        value={query}
        placeholder="nothing"
        onChange={(event) => onChange({ ...making, query: event.currentTarget.value })}
      />
      <label htmlFor={`${id}-key`}>In front of a passage</label>
      <input
        id={`${id}-key`}
        className="field"
        value={key}
        placeholder="nothing"
        onChange={(event) => onChange({ ...making, key: event.currentTarget.value })}
      />
      <p className="quiet">Its page on the hub says so, where it matters. A space at the end counts.</p>
    </details>
  );
}
