import { useMemo } from "react";
import { toScreen, viewOfAll, type MapView, type Point, type Size } from "../../../chart/index.ts";
import type { TaskId } from "../../../contract/index.ts";
import type { Way } from "../../state/pictures.ts";
import { useApp } from "../../state/context.tsx";
import { aboutOf } from "../../views/about.ts";
import { drawings as english } from "../../words/en/drawings.ts";
import { useWords } from "../../words/words.ts";
import { FAINT, type Colouring } from "../map/colouring.ts";
import { openPlainPoints } from "../map/points-plain.ts";
import { useMap } from "../map/use-map.ts";
import { usePoints } from "../map/use-points.ts";
import { FOLLOWED } from "./SixWays.tsx";

/** A small map says no more with more points. */
const POINTS = 4000;
const GAP = 8;
const THREE_FROM = 560;

interface WayMapsProps {
  readonly task: TaskId;
  readonly ways: readonly Way[];
  readonly width: number;
  readonly chosen: number | undefined;
  readonly choose: (id: number) => void;
}

/** The task's map once for every instruction, with what is found under it: where the instruction sends the query. */
export function WayMaps({ task, ways, width, chosen, choose }: WayMapsProps) {
  const { stored, places } = useMap(task);
  const words = useWords("drawings", english).sixWays;
  const columns = width < THREE_FROM ? 2 : 3;
  const size: Size = useMemo(() => {
    const side = Math.floor((width - GAP * (columns - 1)) / columns) - 2;
    return { width: side, height: Math.round(side * 0.72) };
  }, [width, columns]);
  const shown = useMemo(() => {
    if (!places) return null;
    const rows = places.length / 2;
    const points = Math.min(rows, POINTS);
    const some = Float32Array.from({ length: points * 2 }, (_, i) => {
      const row = Math.floor((Math.floor(i / 2) * rows) / points);
      return places[row * 2 + (i % 2)] ?? 0;
    });
    const colouring: Colouring = { indices: new Uint8Array(points), palette: [FAINT], legend: [] };
    return { some, colouring };
  }, [places]);
  const placeOf = useMemo(() => {
    const rowOf = new Map(Array.from(stored?.passageIds ?? [], (id, row) => [id, row]));
    return (id: number): Point | undefined => {
      const row = rowOf.get(id);
      return row === undefined ? undefined : { x: places?.[row * 2] ?? 0, y: places?.[row * 2 + 1] ?? 0 };
    };
  }, [stored, places]);
  const view = useMemo(() => viewOfAll(places ?? new Float32Array(), size), [places, size]);
  if (!places || !shown) return null;
  return (
    <div
      className="way-maps"
      role="group"
      aria-label={words.maps}
      style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
    >
      {ways.map(
        (way) =>
          way.instruction !== "none" && (
            <WayMap
              key={way.instruction}
              task={way.instruction}
              {...{ way, view, size, chosen, choose, placeOf }}
              places={shown.some}
              colouring={shown.colouring}
            />
          ),
      )}
    </div>
  );
}

interface WayMapProps extends Omit<WayMapsProps, "ways" | "width"> {
  readonly way: Way;
  readonly view: MapView;
  readonly size: Size;
  readonly places: Float32Array;
  readonly colouring: Colouring;
  readonly placeOf: (id: number) => Point | undefined;
}

function WayMap({ task, way, view, size, places, colouring, chosen, choose, placeOf }: WayMapProps) {
  const theme = useApp((state) => state.panel.theme);
  const words = useWords("drawings", english).sixWays;
  const canvas = usePoints({ places, colouring, view, size, theme, open: openPlainPoints });
  const hits = way.result.hits.slice(0, FOLLOWED).flatMap(({ passage: { id } }, rank) => {
    const place = placeOf(id);
    return place ? [{ id, rank, ...toScreen(view, size, place) }] : [];
  });
  const { label } = aboutOf(task);
  return (
    <div>
      <canvas ref={canvas} />
      <svg
        {...size}
        className="way"
        data-task={task}
        role="img"
        aria-label={words.onMap(label)}
        data-picture="way-map"
      >
        {hits.toReversed().map(({ id, rank, x, y }) => (
          <circle
            key={id}
            className="way-hit"
            data-chosen={id === chosen || undefined}
            cx={x}
            cy={y}
            r={rank === 0 ? 6 : 4}
            onClick={() => choose(id)}
          />
        ))}
        <text className="way-name" x={8} y={18}>
          {label}
        </text>
      </svg>
    </div>
  );
}
