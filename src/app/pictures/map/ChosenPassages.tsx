import type { StoredVectors } from "../../../contract/index.ts";
import { formatCount, formatNoun } from "../../parts/format.ts";
import { useActions } from "../../state/context.tsx";
import { drawings as english } from "../../words/en/drawings.ts";
import { useWords } from "../../words/words.ts";
import { usePassageAt } from "./use-passage-at.ts";

/** As many as are listed; a line around a thousand would make a page of its own. */
const LISTED = 20;

interface ChosenPassagesProps {
  readonly stored: StoredVectors;
  readonly rows: readonly number[];
  readonly onClear: () => void;
}

/** What stands inside the line, to be read and opened. */
export function ChosenPassages({ stored, rows, onClear }: ChosenPassagesProps) {
  const words = useWords("drawings", english).map;
  return (
    <section className="map-chosen" aria-label={words.chosen(formatNoun(rows.length, "passage"))}>
      <p role="status">
        {words.chosen(formatNoun(rows.length, "passage"))}{" "}
        <button type="button" className="link" onClick={onClear}>
          {words.clear}
        </button>
      </p>
      <PassageList stored={stored} rows={rows.slice(0, LISTED)} />
      {rows.length > LISTED && <p className="quiet">{words.more(formatCount(rows.length - LISTED))}</p>}
    </section>
  );
}

/** Passages of rows, each to be opened where it stands. */
export function PassageList({ stored, rows }: Omit<ChosenPassagesProps, "onClear">) {
  return (
    <ol>
      {rows.map((row) => (
        <Listed key={row} stored={stored} row={row} />
      ))}
    </ol>
  );
}

function Listed({ stored, row }: { readonly stored: StoredVectors; readonly row: number }) {
  const passage = usePassageAt(stored, row);
  const { panel } = useActions();
  if (!passage) return <li className="quiet">…</li>;
  const { title, text, sourceId, startUtf16, endUtf16 } = passage;
  return (
    <li>
      <button
        type="button"
        className="link said-short"
        onClick={() => panel.read({ sourceId, name: title, startUtf16, endUtf16 })}
      >
        {title === "" ? text : `${title}: ${text}`}
      </button>
    </li>
  );
}
