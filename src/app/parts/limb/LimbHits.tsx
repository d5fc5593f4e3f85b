import {
  formatDegrees,
  labelLimb,
  limbPoint,
  limbTick,
  type LimbFrame,
  type Sector,
} from "../../../chart/index.ts";
import type { Hit } from "../../../contract/index.ts";
import { limb as english } from "../../words/en/limb.ts";
import { useWords } from "../../words/words.ts";
import { COLUMN_HEIGHT } from "./LimbArc.tsx";

/** How far inside the arc the numbers stand, and how much room one takes. Units: pixels. */
const NUMBERS = COLUMN_HEIGHT + 20;
const NUMBER = { width: 17, gap: 2, outward: -NUMBERS };

interface LimbHitsProps {
  readonly frame: LimbFrame;
  readonly sector: Sector;
  readonly angles: readonly (number | null)[];
  readonly selected: number;
  readonly cut: number | null;
  readonly onSelect: (place: number) => void;
}

/** One line a hit at its true angle, and its rank where there is room for it. */
export function LimbHits({ frame, sector, angles, selected, cut, onSelect }: LimbHitsProps) {
  const labels = labelLimb(frame, sector, angles, { ...NUMBER, chosen: selected });
  const labelled = new Set(labels.map(({ place }) => place));
  const isBeyond = (degrees: number): true | undefined => (cut !== null && degrees > cut ? true : undefined);
  return (
    <>
      {angles.map((degrees, place) =>
        degrees === null || labelled.has(place) ? null : (
          <path
            key={place}
            className="limb-hit"
            data-beyond={isBeyond(degrees)}
            d={limbTick(frame, sector, degrees, -COLUMN_HEIGHT / 2, 0)}
            onClick={() => onSelect(place)}
          />
        ),
      )}
      {labels.map(({ place, degrees, at }) => {
        const [bend, head] = [
          limbPoint(frame, sector, degrees, -COLUMN_HEIGHT),
          limbPoint(frame, sector, at, -NUMBERS + 8),
        ];
        const centre = limbPoint(frame, sector, at, -NUMBERS);
        return (
          <g
            key={place}
            className="limb-mark"
            data-beyond={isBeyond(degrees)}
            data-selected={place === selected || undefined}
            onClick={() => onSelect(place)}
          >
            <path
              className="limb-hit"
              d={`${limbTick(frame, sector, degrees, 0, -COLUMN_HEIGHT)}M${bend.x} ${bend.y}L${head.x} ${head.y}`}
            />
            <circle cx={centre.x} cy={centre.y} r="8.5" />
            <text x={centre.x} y={centre.y + 4}>
              {place + 1}
            </text>
          </g>
        );
      })}
    </>
  );
}

/** The same as a list by angle, for those who do not see the arc. */
export function LimbList({
  hits,
  angles,
}: {
  readonly hits: readonly Hit[];
  readonly angles: readonly (number | null)[];
}) {
  const words = useWords("limb", english);
  const sorted = hits
    .flatMap((hit, place) => {
      const degrees = angles[place] ?? null;
      return degrees === null ? [] : [{ hit, place, degrees }];
    })
    .toSorted((a, b) => a.degrees - b.degrees);
  return (
    <ol className="unseen" aria-label={words.sorted}>
      {sorted.map(({ hit: { passage, sourceName }, place, degrees }) => (
        <li key={passage.id}>{words.hit(place + 1, passage.title || sourceName, formatDegrees(degrees))}</li>
      ))}
    </ol>
  );
}
