import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import {
  pickPoint,
  toMap,
  toScreen,
  viewOfAll,
  zoomAt,
  type MapView,
  type Point,
  type Size,
} from "../../../chart/index.ts";
import { KIND_OF_TASK, type SearchResult, type StoredVectors, type TaskId } from "../../../contract/index.ts";
import { formatNoun } from "../../parts/format.ts";
import { useApp } from "../../state/context.tsx";
import { coloursOf } from "../../parts/colours.ts";
import { NOUN_OF_KIND } from "../../views/about.ts";
import { drawings as english } from "../../words/en/drawings.ts";
import { useWords } from "../../words/words.ts";
import type { Colouring } from "./colouring.ts";
import { openPoints, type PointsPainter } from "./points-gl.ts";
import { usePassageAt } from "./use-passage-at.ts";

const MARKED_HITS = 10;
/** The query stands among so many of its nearest. */
const AMONG = 3;
const REACH = 12;
const STEP = 60;

interface MapFieldProps {
  readonly task: TaskId;
  readonly stored: StoredVectors;
  readonly places: Float32Array;
  readonly colouring: Colouring;
  readonly size: Size;
  readonly result: SearchResult;
  readonly selected: number;
  readonly onSelect: (place: number) => void;
  readonly isLasso: boolean;
  readonly onLasso: (view: MapView, line: readonly Point[]) => void;
  readonly near: { readonly row: number; readonly rows: readonly number[] } | null;
  readonly onPoint: (row: number) => void;
}

/** The points, what lies on them, and how the part that is seen is chosen. */
export function MapField(props: MapFieldProps) {
  const {
    task,
    stored,
    places,
    colouring,
    size,
    result,
    selected,
    onSelect,
    isLasso,
    onLasso,
    near,
    onPoint,
  } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const painter = useRef<PointsPainter | null>(null);
  const theme = useApp((state) => state.panel.theme);
  const words = useWords("drawings", english).map;
  const whole = useMemo(() => viewOfAll(places, size), [places, size]);
  const [moved, setMoved] = useState<MapView | null>(null);
  const [pointed, setPointed] = useState(-1);
  const [line, setLine] = useState<readonly Point[]>([]);
  const view = moved ?? whole;

  useEffect(() => {
    if (!canvas.current) return undefined;
    painter.current = openPoints(canvas.current);
    return () => painter.current?.close();
  }, []);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return undefined;
    const frame = requestAnimationFrame(() => {
      painter.current?.setPlaces(places);
      painter.current?.setColours(
        colouring.indices,
        coloursOf(element, colouring.palette).map(([r, g, b]) => [r / 255, g / 255, b / 255, 0.85]),
      );
      painter.current?.draw(view, size, devicePixelRatio);
    });
    return () => cancelAnimationFrame(frame);
  }, [places, colouring, view, size, theme]);

  const place = (row: number): Point =>
    toScreen(view, size, { x: places[row * 2] ?? 0, y: places[row * 2 + 1] ?? 0 });
  const rowOfPassage = useMemo(
    () => new Map(Array.from(stored.passageIds, (id, row) => [id, row])),
    [stored],
  );
  const hits = result.hits.slice(0, MARKED_HITS).flatMap(({ passage }, rank) => {
    const row = rowOfPassage.get(passage.id);
    return row === undefined ? [] : [{ rank, row }];
  });
  const nearest = hits.slice(0, AMONG).map(({ row }) => place(row));
  const query = nearest.length === 0 ? null : meanOf(nearest);

  const at = (event: { clientX: number; clientY: number; currentTarget: Element }): Point => {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const onPointerMove = (event: PointerEvent): void => {
    const here = at(event);
    if (event.buttons === 1 && isLasso) setLine([...line, here]);
    else if (event.buttons === 1)
      setMoved({
        ...view,
        x: view.x - event.movementX / view.scale,
        y: view.y + event.movementY / view.scale,
      });
    else {
      const row = pickPoint(places, toMap(view, size, here), REACH / view.scale);
      if (row !== pointed && row >= 0) onPoint(row);
      setPointed(row);
    }
  };
  const shift = (x: number, y: number): void =>
    setMoved({ ...view, x: view.x + x / view.scale, y: view.y + y / view.scale });
  const middle = { x: size.width / 2, y: size.height / 2 };
  const onKeyDown = (event: KeyboardEvent): void => {
    const acts: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => shift(-STEP, 0),
      ArrowRight: () => shift(STEP, 0),
      ArrowUp: () => shift(0, STEP),
      ArrowDown: () => shift(0, -STEP),
      "+": () => setMoved(zoomAt(view, size, middle, 1.4)),
      "-": () => setMoved(zoomAt(view, size, middle, 1 / 1.4)),
      Home: () => setMoved(null),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  const field = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = field.current;
    if (!element) return undefined;
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.metaKey && document.activeElement !== element) return;
      event.preventDefault();
      const box = element.getBoundingClientRect();
      const here = { x: event.clientX - box.left, y: event.clientY - box.top };
      setMoved((before) => zoomAt(before ?? whole, size, here, Math.exp(-event.deltaY / 400)));
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, [whole, size]);

  return (
    <div
      ref={field}
      className="map-field"
      style={{ blockSize: size.height }}
      role="application"
      tabIndex={0}
      aria-label={words.field(formatNoun(stored.rows, NOUN_OF_KIND[KIND_OF_TASK[task]]))}
      data-lasso={isLasso || undefined}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        if (isLasso) setLine([at(event)]);
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        if (isLasso && line.length > 2) onLasso(view, line);
        setLine([]);
      }}
      onPointerLeave={() => setPointed(-1)}
      onDoubleClick={() => setMoved(null)}
    >
      <canvas ref={canvas} />
      <svg width={size.width} height={size.height} aria-hidden="true" data-picture="map">
        {query &&
          nearest.map(({ x, y }) => (
            <path key={`${x} ${y}`} className="map-tie" d={`M${query.x} ${query.y}L${x} ${y}`} />
          ))}
        {pointed >= 0 &&
          near?.row === pointed &&
          near.rows.map((row) => (
            <path
              key={row}
              className="map-near"
              d={`M${place(pointed).x} ${place(pointed).y}L${place(row).x} ${place(row).y}`}
            />
          ))}
        {hits.toReversed().map(({ rank, row }) => {
          const { x, y } = place(row);
          return (
            <g
              key={rank}
              className="limb-mark"
              data-selected={rank === selected || undefined}
              onClick={() => onSelect(rank)}
            >
              <circle cx={x} cy={y} r="8.5" />
              <text x={x} y={y + 4}>
                {rank + 1}
              </text>
            </g>
          );
        })}
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
      {pointed >= 0 && <Pointed stored={stored} row={pointed} at={place(pointed)} size={size} />}
      <button type="button" className="link map-all" hidden={moved === null} onClick={() => setMoved(null)}>
        {words.all}
      </button>
    </div>
  );
}

interface PointedProps {
  readonly stored: StoredVectors;
  readonly row: number;
  readonly at: Point;
  readonly size: Size;
}

/** What the point under the pointer says. */
function Pointed({ stored, row, at, size }: PointedProps) {
  const passage = usePassageAt(stored, row);
  if (!passage) return null;
  const isRight = at.x > size.width / 2;
  return (
    <p
      className="map-pointed"
      style={{
        insetBlockStart: Math.min(at.y + 12, size.height - 96),
        ...(isRight ? { right: size.width - at.x + 12 } : { left: at.x + 12 }),
      }}
    >
      {passage.title !== "" && <strong>{passage.title}</strong>}
      <span>{passage.text}</span>
    </p>
  );
}

function meanOf(points: readonly Point[]): Point {
  const sum = points.reduce((all, { x, y }) => ({ x: all.x + x, y: all.y + y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}
