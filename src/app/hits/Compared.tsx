import { useEffect } from "react";
import { rankShifts, shiftPath } from "../../chart/index.ts";
import type { SearchResult, TaskId } from "../../contract/index.ts";
import { useActions, useApp } from "../state/context.tsx";
import { hits as english } from "../words/en/hits.ts";
import { useWords } from "../words/words.ts";

const DEPTH = 10;
const ROW = 28;
const WIDTH = 56;

/** Where the hits of today's question stand with what was learned and without it; what moved is drawn. */
export function Compared({ task }: { readonly task: TaskId }) {
  const words = useWords("hits", english);
  const { adaptation } = useActions();
  const result = useApp((state) => state.results[task].result);
  const comparison = useApp((state) => state.adaptation.comparison);
  useEffect(() => {
    if (result !== null) void adaptation.compare(task);
  }, [adaptation, task, result]);
  const isCurrent = comparison?.task === task && comparison.withIt.query.text === result?.query.text;
  if (comparison === null || !isCurrent) return null;

  const { without, withIt } = comparison;
  const titleById = titlesOf([...without.hits, ...withIt.hits]);
  const shifts = rankShifts(idsOf(without), idsOf(withIt), DEPTH);
  const shown = Math.min(DEPTH, withIt.hits.length);
  const moved = shifts.filter(({ before, after }) => after !== null && before !== after).length;
  const place = (rank: number | null): string => (rank === null ? words.below(String(DEPTH)) : String(rank));
  return (
    <figure className="compared">
      <figcaption className="quiet">
        {moved === 0 ? words.comparedSame(String(shown)) : words.comparedMoved(String(moved), String(shown))}
      </figcaption>
      <div className="compared-rows">
        <p className="compared-head" aria-hidden="true">
          <span>{words.comparedWithout}</span>
          <span>{words.comparedWith}</span>
        </p>
        <svg width={WIDTH} height={shifts.length * ROW} aria-hidden="true">
          {shifts.map((shift, row) => {
            const path = shiftPath(shift, row, ROW, WIDTH);
            const isMoved = shift.before !== shift.after;
            return path && <path key={shift.id} d={path} data-moved={isMoved || undefined} />;
          })}
        </svg>
        <ol>
          {shifts.map(({ id, before, after }) => {
            const title = titleById.get(id) ?? "";
            return (
              <li key={id} data-moved={before !== after || undefined}>
                <span className="unseen">{words.comparedRow(title, place(after), place(before))}</span>
                <span className="sounding" aria-hidden="true">
                  {after ?? "–"}
                  {before !== after && <span className="compared-before"> ({before ?? "–"})</span>}
                </span>
                <span className="compared-title" aria-hidden="true">
                  {title}
                </span>
              </li>
            );
          })}
        </ol>
      </div>
    </figure>
  );
}

function idsOf({ hits }: SearchResult): number[] {
  return hits.map(({ passage }) => passage.id);
}

/** A hit by its title, and by its beginning where several share one. */
function titlesOf(hits: SearchResult["hits"]): ReadonlyMap<number, string> {
  return new Map(
    hits.map(({ passage, sourceName }) => {
      const beginning = passage.text.slice(0, 80).replace(/\s+/g, " ").trim();
      return [passage.id, `${passage.title || sourceName}: ${beginning}`];
    }),
  );
}
