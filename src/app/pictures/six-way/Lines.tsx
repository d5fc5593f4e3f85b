import { rankLines, rankPath, rankPoint } from "../../../chart/index.ts";
import { TaskSign } from "../../shell/TaskSign.tsx";
import type { Way } from "../../state/pictures.ts";
import { pictures as english } from "../../words/en/pictures.ts";
import { useWords } from "../../words/words.ts";
import { FOLLOWED } from "./SixWays.tsx";

interface LinesProps {
  readonly ways: readonly Way[];
  readonly width: number;
  readonly chosen: number | undefined;
  readonly choose: (id: number) => void;
}

const ROW = 24;
const TOP = 44;
/** Beside the first column there is room for what the passages are called. */
const NAMED_FROM = 560;

/** Where each of the first hits stands under every instruction. */
export function Lines({ ways, width, chosen, choose }: LinesProps) {
  const words = useWords("pictures", english).sixWays;
  const left = width < NAMED_FROM ? 16 : Math.min(240, width * 0.3);
  const columnWidth = (width - left - 16) / Math.max(1, ways.length - 1);
  const grid = { left, top: TOP, columnWidth, rowHeight: ROW, depth: FOLLOWED };
  const lines = rankLines(
    ways.map(({ result }) => result.hits.map(({ passage }) => passage.id)),
    FOLLOWED,
  );
  const own = ways[0]?.result.hits.slice(0, FOLLOWED) ?? [];
  return (
    <svg
      width={width}
      height={TOP + ROW * FOLLOWED + 4}
      role="img"
      aria-label={words.lines}
      data-picture="ranks"
    >
      {ways.map(({ instruction }, column) => (
        <g
          key={instruction}
          data-task={instruction === "none" ? undefined : instruction}
          className="way-head"
          transform={`translate(${left + column * columnWidth - 10} 4)`}
        >
          {instruction === "none" ? (
            <path d="M4 10h12" />
          ) : (
            <svg width="20" height="20">
              <TaskSign task={instruction} />
            </svg>
          )}
        </g>
      ))}
      {lines.map((line) => (
        <path
          key={line.id}
          className="rank-line"
          data-chosen={line.id === chosen || undefined}
          data-gone={line.ranks[0] === null || undefined}
          d={rankPath(grid, line)}
          onClick={() => choose(line.id)}
        />
      ))}
      {ways.map(({ instruction }, column) => (
        <g key={instruction} data-task={instruction === "none" ? undefined : instruction} className="way">
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
                onClick={() => choose(id)}
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
        own.map(({ passage, sourceName }, rank) => (
          <text
            key={passage.id}
            className="rank-name"
            data-chosen={passage.id === chosen || undefined}
            x={left - 18}
            y={rankPoint(grid, 0, rank).y + 4}
            onClick={() => choose(passage.id)}
          >
            {shortened(passage.title === "" ? `${sourceName} ${passage.ordinal + 1}` : passage.title, left)}
          </text>
        ))}
    </svg>
  );
}

/** The end of a heading path tells more than its beginning. */
function shortened(name: string, room: number): string {
  const most = Math.floor((room - 24) / 6.4);
  const last = name.split(" > ").at(-1) ?? name;
  return last.length <= most ? last : `${last.slice(0, most - 1)}…`;
}
