import {
  columnsOf,
  divisionsOf,
  limbArc,
  limbColumns,
  limbPoint,
  limbTick,
  splitColumns,
  spreadSector,
  type AngleBins,
  type LimbFrame,
  type Sector,
  type Spread,
} from "../../../chart/index.ts";

/** How high the fullest column stands. Units: pixels. */
export const COLUMN_HEIGHT = 38;

interface LimbArcProps {
  readonly frame: LimbFrame;
  readonly sector: Sector;
  readonly width: number;
  readonly cut: number | null;
  readonly candidates: Spread | null;
  readonly histogram: AngleBins | null;
}

/** The divided arc and, standing on it, how everything that was searched is spread over the angles. */
export function LimbArc({ frame, sector, width, cut, candidates, histogram }: LimbArcProps) {
  const perPixel = (sector.to - sector.from) / Math.max(1, width);
  const columns = histogram && columnsOf(histogram, sector, 3 * perPixel);
  const { within, beyond } = splitColumns(columns ?? [], cut ?? sector.to);
  const spread = columns === null && candidates ? spreadSector(candidates) : null;
  return (
    <>
      <path className="limb-columns" d={limbColumns(frame, sector, within, 0, COLUMN_HEIGHT)} />
      <path className="limb-columns beyond" d={limbColumns(frame, sector, beyond, 0, COLUMN_HEIGHT)} />
      {spread && <path className="limb-spread" d={limbArc(frame, sector, spread.from, spread.to, 3)} />}
      <path className="limb-arc" d={limbArc(frame, sector, sector.from, sector.to)} />
      <path className="limb-arc" d={limbArc(frame, sector, sector.from, sector.to, 6)} />
      {divisionsOf(sector, Math.max(3, Math.floor(width / 56))).map(({ degrees, major }) => {
        const place = limbPoint(frame, sector, degrees, 20);
        const isUnderArm = Math.abs(degrees - (cut ?? sector.to)) < 14 * perPixel;
        return (
          <g key={degrees}>
            <path
              className={major ? "limb-major" : "limb-minor"}
              d={limbTick(frame, sector, degrees, 0, major ? 10 : 6)}
            />
            {major && !isUnderArm && (
              <text className="limb-figure" x={place.x} y={place.y + 3}>
                {degrees}°
              </text>
            )}
          </g>
        );
      })}
    </>
  );
}
