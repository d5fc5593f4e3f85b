import {
  cosineToDegrees,
  divisionsOf,
  formatDegrees,
  limbArc,
  limbFrame,
  limbPoint,
  limbSector,
  limbTick,
  spreadSector,
} from "../../chart/index.ts";
import type { Hit, SearchResult } from "../../contract/index.ts";
import { useWidth } from "./use-width.ts";

interface LimbProps {
  readonly result: SearchResult;
  readonly selected: number;
  readonly onSelect: (place: number) => void;
}

const cosineOf = ({ semantic }: Hit): number | null => semantic?.raw ?? null;

/** All hits at their true angles from the query, on a divided arc, with the spread of the whole collection. */
export function Limb({ result, selected, onSelect }: LimbProps) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const { hits, candidates } = result;
  const cosines = hits.map(cosineOf).filter((cosine) => cosine !== null);
  if (cosines.length === 0) return null;

  const sector = limbSector(cosines, candidates);
  const frame = limbFrame(width, Math.min(34, width / 18), 32, 26);
  const spread = candidates && spreadSector(candidates);
  const best = cosineToDegrees(Math.max(...cosines));
  const worst = cosineToDegrees(Math.min(...cosines));
  const label =
    `Angles from the query: the hits lie between ${formatDegrees(best)} and ${formatDegrees(worst)}` +
    (candidates ? `, the whole collection around ${formatDegrees(cosineToDegrees(candidates.mean))}.` : ".");

  return (
    <div className="limb" ref={ref}>
      {width > 0 && (
        <svg width={width} height={frame.height} role="img" aria-label={label}>
          {spread && <path className="limb-spread" d={limbArc(frame, sector, spread.from, spread.to, 3)} />}
          <path className="limb-arc" d={limbArc(frame, sector, sector.from, sector.to)} />
          <path className="limb-arc" d={limbArc(frame, sector, sector.from, sector.to, 6)} />
          {divisionsOf(sector, Math.max(3, Math.floor(width / 56))).map(({ degrees, major }) => {
            const place = limbPoint(frame, sector, degrees, 20);
            return (
              <g key={degrees}>
                <path
                  className={major ? "limb-major" : "limb-minor"}
                  d={limbTick(frame, sector, degrees, 0, major ? 10 : 6)}
                />
                {major && (
                  <text className="limb-figure" x={place.x} y={place.y + 3}>
                    {degrees}°
                  </text>
                )}
              </g>
            );
          })}
          {hits.map((hit, place) => {
            const cosine = cosineOf(hit);
            if (cosine === null || place === selected) return null;
            const reach = 6 + 12 * (1 - place / hits.length);
            return (
              <path
                key={hit.passage.id}
                className="limb-hit"
                d={limbTick(frame, sector, cosineToDegrees(cosine), -reach, 0)}
                onClick={() => onSelect(place)}
              />
            );
          })}
          <IndexArm hit={hits[selected]} place={selected} frame={frame} sector={sector} />
        </svg>
      )}
      <p className="limb-legend">
        <span className="key-hit">hits</span>
        {candidates && (
          <span className="key-spread">
            where most of the {candidates.count.toLocaleString("en")} candidates lie
          </span>
        )}
      </p>
    </div>
  );
}

interface IndexArmProps {
  readonly hit: Hit | undefined;
  readonly place: number;
  readonly frame: ReturnType<typeof limbFrame>;
  readonly sector: ReturnType<typeof limbSector>;
}

function IndexArm({ hit, place, frame, sector }: IndexArmProps) {
  const cosine = hit ? cosineOf(hit) : null;
  if (cosine === null) return null;
  const degrees = cosineToDegrees(cosine);
  const head = limbPoint(frame, sector, degrees, -22);
  return (
    <g className="limb-index">
      <path d={limbTick(frame, sector, degrees, -18, 9)} />
      <circle cx={head.x} cy={head.y} r="8" />
      <text x={head.x} y={head.y + 4}>
        {place + 1}
      </text>
    </g>
  );
}
