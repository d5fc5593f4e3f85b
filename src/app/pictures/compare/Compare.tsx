import { useState } from "react";
import { rankLines, rankPath, rankPoint } from "../../../chart/index.ts";
import { textOfQuery, type TaskId } from "../../../contract/index.ts";
import { formatNoun } from "../../parts/format.ts";
import { Lines } from "../../parts/Lines.tsx";
import { useWidth } from "../../parts/use-width.ts";
import { comparedQueries, type Compared } from "../../state/comparison.ts";
import { useActions, useApp } from "../../state/context.tsx";
import { hasSample } from "../../state/select.ts";
import { drawings as english } from "../../words/en/drawings.ts";
import { useWords } from "../../words/words.ts";
import { shortName } from "../parts/RankLines.tsx";
import { JudgementsForm } from "./JudgementsForm.tsx";
import { PairTable } from "./PairTable.tsx";
import { SettingTable } from "./SettingTable.tsx";
import "../../style/drawings.css";

/** The same queries under two settings: how much both find, and which passages move. */
export function Compare({ task }: { readonly task: TaskId }) {
  const comparison = useApp((state) => state.pictures.comparison);
  const queries = useApp((state) => comparedQueries(state, task).length);
  const isSampled = useApp((state) => hasSample(state, task));
  const { pictures } = useActions();
  const words = useWords("drawings", english).compare;
  const [shown, setShown] = useState(0);
  const [ref, width] = useWidth<HTMLDivElement>();
  const { left, right, lines, phase } = comparison;
  const pairs = comparison.task === task ? comparison.pairs : [];
  const pair = pairs[shown] ?? pairs[0];
  const areSame = JSON.stringify(left) === JSON.stringify(right);
  const missing = Math.max(0, ...pairs.map((one) => Math.max(one.left.notIndexed, one.right.notIndexed)));
  return (
    <section className="compare" ref={ref} aria-label={words.title} aria-busy={phase === "searching"}>
      <SettingTable task={task} left={left} right={right} onChange={pictures.compareWith} />
      <Lines
        label={words.lines}
        rows={2}
        value={lines}
        onChange={(next) => pictures.compareWith({ lines: next })}
      />
      {isSampled && <p className="quiet">{words.sampled}</p>}
      <JudgementsForm />
      <p>
        <button
          type="button"
          className="button strong"
          disabled={areSame || queries === 0 || phase === "searching"}
          onClick={() => void pictures.compare(task)}
        >
          {words.go(queries)}
        </button>{" "}
        {areSame && <span className="quiet">{words.same}</span>}
      </p>
      {missing > 0 && <p className="warning">{words.missing(formatNoun(missing, "passage"))}</p>}
      {pair && (
        <>
          <PairTable pairs={pairs} shown={pairs.indexOf(pair)} onShow={setShown} />
          {width > 0 && <Moves pair={pair} width={width} />}
        </>
      )}
    </section>
  );
}

const DEPTH = 10;
const ROW = 24;

/** Where the first hits of one way stand in the other. */
function Moves({ pair, width }: { readonly pair: Compared; readonly width: number }) {
  const words = useWords("drawings", english).compare;
  const sides = [pair.left, pair.right];
  const room = Math.max(24, Math.min(260, width * 0.36));
  const grid = { left: room, top: 16, columnWidth: width - 2 * room, rowHeight: ROW, depth: DEPTH };
  const lines = rankLines([pair.ids.left, pair.ids.right], DEPTH);
  return (
    <svg
      width={width}
      height={ROW * DEPTH + 16}
      role="img"
      aria-label={words.ranks(textOfQuery(pair.query))}
      data-picture="moves"
    >
      {lines.map((line) => (
        <path
          key={line.id}
          className="rank-line"
          data-gone={line.ranks.includes(null) || undefined}
          d={rankPath(grid, line)}
        />
      ))}
      {sides.map(({ hits }, side) =>
        hits.slice(0, DEPTH).map((hit, rank) => {
          const { x, y } = rankPoint(grid, side, rank);
          return (
            <g key={`${side} ${hit.passage.id}`} className="rank-dot">
              <circle cx={x} cy={y} r="9" />
              <text x={x} y={y + 4}>
                {rank + 1}
              </text>
              <text
                className="rank-name"
                data-side={side === 0 ? "left" : "right"}
                x={x + (side === 0 ? -16 : 16)}
                y={y + 4}
              >
                {shortName(hit, room)}
              </text>
            </g>
          );
        }),
      )}
    </svg>
  );
}
