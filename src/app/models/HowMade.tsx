import { useId } from "react";
import type { AddModelRequest, Pooling } from "../../contract/index.ts";
import { models as english } from "../words/en/models.ts";
import { useWords } from "../words/words.ts";

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

interface HowMadeProps {
  readonly making: Making;
  readonly onChange: (making: Making) => void;
}

/** How token vectors become one, and what stands in front of a text, for a model that Sextant does not know. */
export function HowMade({ making, onChange }: HowMadeProps) {
  const id = useId();
  const words = useWords("models", english);
  const { pooling, query, key } = making;
  return (
    <details className="how-made">
      <summary>{words.howMade}</summary>
      <label htmlFor={`${id}-pooling`}>{words.pooling}</label>
      <select
        id={`${id}-pooling`}
        className="field"
        value={pooling ?? "files"}
        onChange={({ currentTarget: { value } }) =>
          onChange({ ...making, pooling: value === "cls" || value === "mean" ? value : null })
        }
      >
        {Object.entries(words.poolings).map(([value, told]) => (
          <option key={value} value={value}>
            {told}
          </option>
        ))}
      </select>
      <label htmlFor={`${id}-query`}>{words.beforeQuery}</label>
      <input
        id={`${id}-query`}
        className="field"
        value={query}
        placeholder={words.emptyPrefix}
        onChange={(event) => onChange({ ...making, query: event.currentTarget.value })}
      />
      <label htmlFor={`${id}-key`}>{words.beforePassage}</label>
      <input
        id={`${id}-key`}
        className="field"
        value={key}
        placeholder={words.emptyPrefix}
        onChange={(event) => onChange({ ...making, key: event.currentTarget.value })}
      />
      <p className="quiet">{words.itsPageSays}</p>
    </details>
  );
}
