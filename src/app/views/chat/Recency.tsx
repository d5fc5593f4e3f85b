import { useEffect } from "react";
import { placeLabels } from "../../../chart/index.ts";
import type { Passage } from "../../../contract/index.ts";
import { formatCount, formatNoun } from "../../parts/format.ts";
import { useWidth } from "../../parts/use-width.ts";
import { useActions, useApp } from "../../state/context.tsx";
import { selectCollection, selectSources } from "../../state/select.ts";
import { benches } from "../../words/en/benches.ts";
import { useWords } from "../../words/words.ts";
import { usePassages } from "../use-passages.ts";
import { latestRows, rowIn } from "./layout.ts";

/** As many as are set against each other. */
const COMPARED = 5;

/** What meaning recalls beside the paper's trivial baseline: the latest exchanges, whatever they are about. */
export function Recency() {
  const collection = useApp((state) => selectCollection(state, "chat"));
  const sources = useApp((state) => selectSources(state, "chat"));
  const result = useApp((state) => state.results.chat.result);
  const { total, rowAt, onRows } = usePassages(collection ? { collectionId: collection.id } : {});
  const words = useWords("benches", benches).chat;
  useEffect(() => onRows(Math.max(0, total - COMPARED), Math.max(0, total - 1)), [onRows, total]);
  if (result === null || result.hits.length === 0 || total === 0) return null;

  const recalled = result.hits.slice(0, COMPARED).map(({ passage }) => passage);
  const rows = latestRows(total, COMPARED);
  const recent = rows.map(rowAt).filter((passage) => passage !== undefined);
  const inBoth = new Set(recalled.map(({ id }) => id).filter((id) => recent.some((one) => one.id === id)));
  const rowsRecalled = recalled.map((passage) => rowIn(sources, passage));
  const ago = (row: number) => words.ago(formatNoun(total - row, "exchange"));
  return (
    <section className="recency" aria-label={words.title}>
      <History rows={rowsRecalled} total={total} />
      <p>{words.sum(recalled.length, inBoth.size)}</p>
      <div className="side-by-side">
        <section aria-label={words.recalled}>
          <h3>{words.recalled}</h3>
          <ol>
            {recalled.map((passage, place) => (
              <Said
                key={passage.id}
                passage={passage}
                when={ago(rowsRecalled[place] ?? 0)}
                mark={place + 1}
              />
            ))}
          </ol>
        </section>
        <section aria-label={words.recent}>
          <h3>{words.recent}</h3>
          <ol>
            {recent.map((passage, place) => (
              <Said
                key={passage.id}
                passage={passage}
                when={inBoth.has(passage.id) ? words.both : ago(rows[place] ?? 0)}
                mark={null}
              />
            ))}
          </ol>
        </section>
      </div>
    </section>
  );
}

interface SaidProps {
  readonly passage: Passage;
  readonly when: string;
  readonly mark: number | null;
}

function Said({ passage: { record, text }, when, mark }: SaidProps) {
  const said = record.kind === "exchange" ? [record.speaker1, record.speaker2].join(" — ") : text;
  return (
    <li>
      {mark !== null && <span className="lit-rank">{mark}</span>}
      <span className="said-short" dir="auto">
        {said}
      </span>
      <span className="sounding">{when}</span>
    </li>
  );
}

const HEIGHT = 44;
const LINE = 32;

/** The whole history as a line: where the recalled ones stand, and how far back the latest reach. */
function History({ rows, total }: { readonly rows: readonly number[]; readonly total: number }) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const { selected } = useApp((state) => state.results.chat);
  const { results } = useActions();
  const words = useWords("benches", benches).chat;
  const x = (row: number) => 10 + ((row + 0.5) / total) * (width - 20);
  const sorted = rows.map((row, place) => ({ place, at: x(row) })).toSorted((a, b) => a.at - b.at);
  const centres = placeLabels(
    sorted.map(({ at }) => ({ wanted: at, width: 17 })),
    0,
    width,
    2,
  );
  const since = x(Math.max(0, total - COMPARED) - 0.5);
  return (
    <div ref={ref} className="picture history">
      {width > 0 && (
        <svg
          width={width}
          height={HEIGHT}
          role="img"
          aria-label={words.strip(`${formatCount(total)}`)}
          data-picture="history"
        >
          <path className="limb-arc" d={`M10 ${LINE}H${width - 10}`} />
          <path className="history-recent" d={`M${since} ${LINE + 5}H${width - 10}`} />
          {sorted.map(({ place, at }, i) => (
            <g
              key={place}
              className="limb-mark"
              data-selected={place === selected || undefined}
              onClick={() => results.select("chat", place)}
            >
              <path className="limb-hit" d={`M${at} ${LINE}V${LINE - 8}L${centres[i]} ${LINE - 14}`} />
              <circle cx={centres[i]} cy="10" r="8.5" />
              <text x={centres[i]} y="14">
                {place + 1}
              </text>
            </g>
          ))}
        </svg>
      )}
    </div>
  );
}
