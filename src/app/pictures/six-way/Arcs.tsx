import {
  columnsOf,
  cosineToDegrees,
  divisionsOf,
  limbArc,
  limbColumns,
  limbFrame,
  limbPoint,
  limbSector,
  limbTick,
} from "../../../chart/index.ts";
import type { Way } from "../../state/pictures.ts";
import { aboutOf } from "../../views/about.ts";
import { drawings as english } from "../../words/en/drawings.ts";
import { useWords } from "../../words/words.ts";
import { FOLLOWED } from "./SixWays.tsx";

/** From one arc to the next, and how high its columns stand. Units: pixels. */
const APART = 40;
const COLUMNS = 22;

interface ArcsProps {
  readonly ways: readonly Way[];
  readonly width: number;
  readonly chosen: number | undefined;
  readonly choose: (id: number) => void;
}

/** Nested arcs of one circle, the task's own outermost: each instruction's first hits at their angles. */
export function Arcs({ ways, width, chosen, choose }: ArcsProps) {
  const words = useWords("drawings", english).sixWays;
  const cosines = ways.flatMap(({ result }) =>
    result.hits.slice(0, FOLLOWED).flatMap(({ semantic }) => (semantic ? [semantic.raw] : [])),
  );
  const spreads = ways.flatMap(({ result: { candidates } }) => {
    if (!candidates) return [];
    const { mean, deviation } = candidates;
    return [mean - 2 * deviation, mean + 2 * deviation];
  });
  const sector = limbSector([...cosines, ...spreads], null);
  const frame = limbFrame(width, Math.min(40, width / 16), APART * ways.length, 26, 12);
  const perPixel = (sector.to - sector.from) / width;
  const angleOf = new Map(
    ways.map(({ instruction, result }) => [
      instruction,
      new Map(
        result.hits
          .slice(0, FOLLOWED)
          .flatMap(({ passage, semantic }) =>
            semantic ? [[passage.id, cosineToDegrees(semantic.raw)] as const] : [],
          ),
      ),
    ]),
  );
  const followed = [...new Set([...angleOf.values()].flatMap((angles) => [...angles.keys()]))];

  return (
    <svg width={width} height={frame.height} role="img" aria-label={words.arcs} data-picture="arcs">
      {divisionsOf(sector, Math.max(3, Math.floor(width / 56))).map(({ degrees, major }) => {
        const place = limbPoint(frame, sector, degrees, 20);
        return (
          <g key={degrees}>
            <path className="limb-minor" d={limbTick(frame, sector, degrees, 0, major ? 10 : 5)} />
            {major && (
              <text className="limb-figure" x={place.x} y={place.y + 3}>
                {degrees}°
              </text>
            )}
          </g>
        );
      })}
      {ways.map(({ instruction, result: { histogram } }, arc) => {
        const out = -arc * APART;
        const columns = histogram ? columnsOf(histogram, sector, 3 * perPixel) : [];
        return (
          <path
            key={instruction}
            className="way-columns"
            d={limbColumns(frame, sector, columns, -out, COLUMNS)}
          />
        );
      })}
      {followed.map((id) => (
        <path
          key={id}
          className="way-join"
          data-chosen={id === chosen || undefined}
          d={joinOf(id)}
          onClick={() => choose(id)}
        />
      ))}
      {ways.map(({ instruction }, arc) => {
        const out = -arc * APART;
        const end = limbPoint(frame, sector, sector.to, out);
        return (
          <g key={instruction} data-task={instruction === "none" ? undefined : instruction} className="way">
            <path className="way-arc" d={limbArc(frame, sector, sector.from, sector.to, out)} />
            {[...(angleOf.get(instruction) ?? [])].map(([id, degrees], rank) => {
              const { x, y } = limbPoint(frame, sector, degrees, out);
              return (
                <circle
                  key={id}
                  className="way-hit"
                  data-chosen={id === chosen || undefined}
                  cx={x}
                  cy={y}
                  r={rank === 0 ? 5 : 3.2}
                  onClick={() => choose(id)}
                />
              );
            })}
            <text className="way-name" x={end.x} y={end.y - 7} textAnchor="end">
              {instruction === "none" ? words.without : aboutOf(instruction).label}
            </text>
          </g>
        );
      })}
    </svg>
  );

  function joinOf(id: number): string {
    let path = "";
    let isDown = false;
    for (const [arc, { instruction }] of ways.entries()) {
      const degrees = angleOf.get(instruction)?.get(id);
      if (degrees === undefined) {
        isDown = false;
        continue;
      }
      const { x, y } = limbPoint(frame, sector, degrees, -arc * APART);
      path += `${isDown ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`;
      isDown = true;
    }
    return path;
  }
}
