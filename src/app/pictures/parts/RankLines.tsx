import type { ReactNode } from "react";
import { rankLines, rankPath, rankPoint } from "../../../chart/index.ts";
import type { Hit, TaskId } from "../../../contract/index.ts";
import "../../style/drawings.css";

/** One way of asking and what it found. */
export interface RankColumn {
  readonly key: string;
  /** Whose hue it has; of none the ink's. */
  readonly task: TaskId | undefined;
  /** Twenty pixels wide and high. */
  readonly sign: ReactNode;
  readonly hits: readonly Hit[];
}

interface RankLinesProps {
  readonly columns: readonly RankColumn[];
  readonly label: string;
  readonly width: number;
  readonly depth: number;
  readonly chosen?: number | undefined;
  readonly choose?: (id: number) => void;
}

const ROW = 24;
const TOP = 44;
/** Beside the first column there is room for what the passages are called. */
const NAMED_FROM = 560;

/** Where each of the first hits stands in every column, by its rank in the first. */
export function RankLines({ columns, label, width, depth, chosen, choose }: RankLinesProps) {
  const left = width < NAMED_FROM ? 16 : Math.min(240, width * 0.3);
  const columnWidth = (width - left - 16) / Math.max(1, columns.length - 1);
  const grid = { left, top: TOP, columnWidth, rowHeight: ROW, depth };
  const lines = rankLines(
    columns.map(({ hits }) => hits.map(({ passage }) => passage.id)),
    depth,
  );
  const own = columns[0]?.hits.slice(0, depth) ?? [];
  return (
    <svg width={width} height={TOP + ROW * depth + 4} role="img" aria-label={label} data-picture="ranks">
      {columns.map(({ key, task, sign }, column) => (
        <g
          key={key}
          data-task={task}
          className="way-head"
          transform={`translate(${left + column * columnWidth - 10} 4)`}
        >
          {sign}
        </g>
      ))}
      {lines.map((line) => (
        <path
          key={line.id}
          className="rank-line"
          data-chosen={line.id === chosen || undefined}
          data-gone={line.ranks[0] === null || undefined}
          d={rankPath(grid, line)}
          onClick={() => choose?.(line.id)}
        />
      ))}
      {columns.map(({ key, task }, column) => (
        <g key={key} data-task={task} className="way">
          {lines.map(({ id, ranks }) => {
            const rank = ranks[column] ?? null;
            if (rank === null) return null;
            const { x, y } = rankPoint(grid, column, rank);
            const first = ranks[0] ?? null;
            return (
              <g
                key={id}
                className="rank-dot"
                data-chosen={id === chosen || undefined}
                data-gone={first === null || undefined}
                onClick={() => choose?.(id)}
              >
                <circle cx={x} cy={y} r="9" />
                <text x={x} y={y + 4}>
                  {first === null ? "·" : first + 1}
                </text>
              </g>
            );
          })}
        </g>
      ))}
      {left > 16 &&
        own.map((hit, rank) => (
          <text
            key={hit.passage.id}
            className="rank-name"
            data-chosen={hit.passage.id === chosen || undefined}
            x={left - 18}
            y={rankPoint(grid, 0, rank).y + 4}
            onClick={() => choose?.(hit.passage.id)}
          >
            {shortName(hit, left)}
          </text>
        ))}
    </svg>
  );
}

/** What a hit is called in so many pixels: the end of a heading path tells more than its beginning. */
export function shortName({ passage, sourceName }: Hit, room: number): string {
  const { title, record, text, ordinal } = passage;
  const spoken = record.kind === "exchange" || record.kind === "example" || record.kind === "chunk";
  const name = title !== "" ? title : spoken ? text : `${sourceName} ${ordinal + 1}`;
  const most = Math.floor((room - 24) / 7.6);
  if (most < 3) return "";
  const last = (name.split(" > ").at(-1) ?? name).replaceAll(/\s+/g, " ");
  return last.length <= most ? last : `${last.slice(0, most - 1)}…`;
}
