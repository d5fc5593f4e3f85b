import { lazy, Suspense, useEffect, useState } from "react";
import { overlapAt } from "../../../chart/index.ts";
import { useWidth } from "../../parts/use-width.ts";
import { useActions, useApp } from "../../state/context.tsx";
import { benches } from "../../words/en/benches.ts";
import { useWords } from "../../words/words.ts";

const RankLines = lazy(async () => ({
  default: (await import("../../pictures/parts/RankLines.tsx")).RankLines,
}));

const DEPTH = 10;
/** A person who types on is not kept waiting by what is only drawn. */
const PAUSE_MS = 300;

/** How ranks change from the question alone to the question with all its turns. */
export function ByTurns() {
  const result = useApp((state) => state.results.convsearch.result);
  const { of, steps } = useApp((state) => state.pictures.byTurns);
  const selected = useApp((state) => state.results.convsearch.selected);
  const { pictures, results } = useActions();
  const words = useWords("benches", benches).convsearch;
  const [open, setOpen] = useState(true);
  const [ref, width] = useWidth<HTMLDivElement>();
  useEffect(() => {
    if (!open) return undefined;
    const pause = setTimeout(() => void pictures.askByTurns(), PAUSE_MS);
    return () => clearTimeout(pause);
  }, [open, pictures, result]);
  if (result === null || result.query.turnsKept === 0) return null;

  const idsAt = (place: number) => steps.at(place)?.result.hits.map(({ passage }) => passage.id) ?? [];
  const choose = (id: number): void => {
    const place = result.hits.findIndex(({ passage }) => passage.id === id);
    if (place >= 0) results.select("convsearch", place);
  };
  return (
    <details className="embedded" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words.byTurns}</summary>
      <div ref={ref} className="picture">
        {open && of !== null && width > 0 && (
          <Suspense>
            <p className="quiet">
              {words.explained} {words.overlap(overlapAt(idsAt(-1), idsAt(0), DEPTH).toFixed(2))}
            </p>
            <RankLines
              label={words.lines}
              width={width}
              depth={DEPTH}
              chosen={result.hits[selected]?.passage.id}
              choose={choose}
              columns={steps.map(({ turns, result: { hits } }) => ({
                key: String(turns),
                task: "convsearch",
                sign: (
                  <text className="column-name" x="10" y="14">
                    {turns === 0 ? words.alone : words.with(turns)}
                  </text>
                ),
                hits,
              }))}
            />
          </Suspense>
        )}
      </div>
    </details>
  );
}
