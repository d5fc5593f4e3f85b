import { useMemo } from "react";
import {
  placeMapLabels,
  toScreen,
  type MapLabel,
  type MapView,
  type Point,
  type Size,
} from "../../../chart/index.ts";
import type { Colouring } from "./colouring.ts";
import { usePoints } from "./use-points.ts";

/** The query stands among so many of its nearest. */
const AMONG = 3;
const MARK = 17;
const LABEL_HEIGHT = 18;
const LABEL_FONT = '600 12px "Source Sans", system-ui, sans-serif';

export interface SceneMark {
  readonly rank: number;
  readonly row: number;
  readonly isSelected: boolean;
}

export interface SceneLabel extends Point {
  readonly name: string;
  readonly isChosen: boolean;
}

export interface MapSceneProps {
  /** f32[rows, 2]. */
  readonly places: Float32Array;
  readonly colouring: Colouring;
  readonly size: Size;
  readonly view: MapView;
  /** Changes when the colours of the page do. */
  readonly theme: string;
  /** The best first. */
  readonly marks: readonly SceneMark[];
  /** The largest first. */
  readonly labels: readonly SceneLabel[];
  /** The row that is pointed at, or −1, and the rows nearest to it. */
  readonly pointed: number;
  readonly near: readonly number[];
  /** What is being drawn around, in pixels. */
  readonly line: readonly Point[];
  readonly onMark: (rank: number) => void;
  readonly onLabel: (label: number) => void;
}

/** What is seen of a map: points on a canvas, and hits, names and lines above them. Knows nothing of the app. */
export function MapScene(props: MapSceneProps) {
  const { places, colouring, size, view, theme, marks, labels, pointed, near, line, onMark, onLabel } = props;
  const canvas = usePoints({ places, colouring, view, size, theme });
  const widthOf = useMemo(() => createRuler(), []);
  const at = (row: number): Point =>
    toScreen(view, size, { x: places[row * 2] ?? 0, y: places[row * 2 + 1] ?? 0 });
  const hits = marks.map((mark) => ({ ...mark, ...at(mark.row) }));
  const nearest = hits.slice(0, AMONG);
  const query = nearest.length === 0 ? null : meanOf(nearest);
  const taken: MapLabel[] = [...hits, ...(query ? [query] : [])].map(({ x, y }) => ({
    x,
    y,
    width: MARK,
    height: MARK,
  }));
  const wanted = labels.map((label) => ({
    ...toScreen(view, size, label),
    width: widthOf(label.name) + 8,
    height: LABEL_HEIGHT,
  }));
  const standing = placeMapLabels(wanted, size, taken);

  return (
    <>
      <canvas ref={canvas} />
      <svg width={size.width} height={size.height} aria-hidden="true" data-picture="map">
        {standing.map((place, i) => {
          const [label, box] = [labels[i], wanted[i]];
          if (!place || !label || !box) return null;
          return (
            <g
              key={i}
              className="map-label"
              data-chosen={label.isChosen || undefined}
              onClick={() => onLabel(i)}
            >
              <rect
                x={place.x - box.width / 2}
                y={place.y - box.height / 2}
                width={box.width}
                height={box.height}
              />
              <text x={place.x} y={place.y + 4} textAnchor="middle">
                {label.name}
              </text>
            </g>
          );
        })}
        {query &&
          nearest.map(({ rank, x, y }) => (
            <path key={rank} className="map-tie" d={`M${query.x} ${query.y}L${x} ${y}`} />
          ))}
        {pointed >= 0 && (
          <g className="map-near">
            {near.map((row) => (
              <path key={row} d={`M${at(pointed).x} ${at(pointed).y}L${at(row).x} ${at(row).y}`} />
            ))}
            <circle cx={at(pointed).x} cy={at(pointed).y} r="6" />
          </g>
        )}
        {hits.toReversed().map(({ rank, isSelected, x, y }) => (
          <g
            key={rank}
            className="limb-mark"
            data-selected={isSelected || undefined}
            onClick={() => onMark(rank)}
          >
            <circle cx={x} cy={y} r={MARK / 2} />
            <text x={x} y={y + 4}>
              {rank + 1}
            </text>
          </g>
        ))}
        {query && (
          <path
            className="map-query"
            d={`M${query.x - 9} ${query.y}H${query.x + 9}M${query.x} ${query.y - 9}V${query.y + 9}`}
          />
        )}
        {line.length > 1 && (
          <path className="map-line" d={`M${line.map(({ x, y }) => `${x} ${y}`).join("L")}Z`} />
        )}
      </svg>
    </>
  );
}

/** Measures names as they are set on the map, each once. */
function createRuler(): (name: string) => number {
  const context = document.createElement("canvas").getContext("2d");
  const known = new Map<string, number>();
  if (context) context.font = LABEL_FONT;
  return (name) => {
    const width = known.get(name) ?? context?.measureText(name).width ?? name.length * 7;
    known.set(name, width);
    return width;
  };
}

function meanOf(points: readonly Point[]): Point {
  const sum = points.reduce((all, { x, y }) => ({ x: all.x + x, y: all.y + y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}
