import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import {
  pickPoint,
  pointTowards,
  toMap,
  toScreen,
  viewOfAll,
  zoomAt,
  type Point,
  type Size,
} from "../../../chart/index.ts";
import { KIND_OF_TASK, type SearchResult, type StoredVectors, type TaskId } from "../../../contract/index.ts";
import { formatNoun } from "../../parts/format.ts";
import { useApp } from "../../state/context.tsx";
import { NOUN_OF_KIND } from "../../views/about.ts";
import { drawings as english } from "../../words/en/drawings.ts";
import { useWords } from "../../words/words.ts";
import type { Colouring } from "./colouring.ts";
import { MapScene, type SceneLabel } from "./MapScene.tsx";
import { Pointed } from "./Pointed.tsx";
import { useSeen } from "./use-seen.ts";

const MARKED_HITS = 10;
const REACH = 12;
const STEP = 60;
/** A pointer that moved no farther has clicked. */
const STILL = 4;
const EDGE = 24;

const DIRECTIONS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: 1 },
  ArrowDown: { x: 0, y: -1 },
};

interface MapFieldProps {
  readonly task: TaskId;
  readonly stored: StoredVectors;
  readonly places: Float32Array;
  readonly colouring: Colouring;
  readonly size: Size;
  readonly result: SearchResult;
  readonly selected: number;
  readonly onSelect: (place: number) => void;
  readonly labels: readonly SceneLabel[];
  readonly onLabel: (label: number) => void;
  readonly isLasso: boolean;
  readonly onLasso: (line: readonly Point[]) => void;
  /** The row that was gone to by key or click, or −1. */
  readonly focused: number;
  readonly onFocus: (row: number) => void;
  readonly onOpen: (row: number) => void;
  readonly near: { readonly row: number; readonly rows: readonly number[] } | null;
  readonly onPoint: (row: number) => void;
}

/** The map under the hand: what is pointed at, gone to and drawn around, and which part of it is seen. */
export function MapField(props: MapFieldProps) {
  const { task, stored, places, colouring, size, result, selected, onSelect, labels, onLabel } = props;
  const { isLasso, onLasso, focused, onFocus, onOpen, near, onPoint } = props;
  const theme = useApp((state) => state.panel.theme);
  const words = useWords("drawings", english).map;
  const whole = useMemo(() => viewOfAll(places, size), [places, size]);
  const [view, setMoved, isWhole] = useSeen(task, whole);
  const [hovered, setHovered] = useState(-1);
  const [line, setLine] = useState<readonly Point[]>([]);
  const pointed = hovered >= 0 ? hovered : focused;

  const rowOfPassage = useMemo(
    () => new Map(Array.from(stored.passageIds, (id, row) => [id, row])),
    [stored],
  );
  const marks = result.hits.slice(0, MARKED_HITS).flatMap(({ passage }, rank) => {
    const row = rowOfPassage.get(passage.id);
    return row === undefined ? [] : [{ rank, row, isSelected: rank === selected }];
  });
  const placeOf = (row: number): Point => ({ x: places[row * 2] ?? 0, y: places[row * 2 + 1] ?? 0 });

  const at = (event: { clientX: number; clientY: number; currentTarget: Element }): Point => {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const pressed = useRef<{ readonly at: Point; hasMoved: boolean } | null>(null);
  const onPointerMove = (event: PointerEvent): void => {
    const here = at(event);
    const press = pressed.current;
    if (!press) {
      const row = pickPoint(places, toMap(view, size, here), REACH / view.scale);
      if (row !== hovered && row >= 0) onPoint(row);
      if (row !== hovered) setHovered(row);
      return;
    }
    if (!press.hasMoved && Math.hypot(here.x - press.at.x, here.y - press.at.y) < STILL) return;
    press.hasMoved = true;
    // Not before, because a click would then be heard by the field and not by what lies on it.
    event.currentTarget.setPointerCapture(event.pointerId);
    if (isLasso) setLine((before) => [...before, here]);
    else
      setMoved({
        ...view,
        x: view.x - event.movementX / view.scale,
        y: view.y + event.movementY / view.scale,
      });
  };
  const onPointerUp = (event: PointerEvent): void => {
    const press = pressed.current;
    pressed.current = null;
    if (isLasso && line.length > 2) onLasso(line.map((point) => toMap(view, size, point)));
    setLine([]);
    if (press && !press.hasMoved && !(event.target instanceof Element && event.target.closest("g")))
      onFocus(pickPoint(places, toMap(view, size, at(event)), REACH / view.scale));
  };

  const goTo = (row: number): void => {
    onFocus(row);
    setHovered(-1);
    const { x, y } = toScreen(view, size, placeOf(row));
    if (x < EDGE || y < EDGE || x > size.width - EDGE || y > size.height - EDGE)
      setMoved({ ...view, ...placeOf(row) });
  };
  const middle = { x: size.width / 2, y: size.height / 2 };
  const onKeyDown = (event: KeyboardEvent): void => {
    const direction = DIRECTIONS[event.key];
    const acts: Readonly<Record<string, () => void>> = {
      "+": () => setMoved(zoomAt(view, size, middle, 1.4)),
      "-": () => setMoved(zoomAt(view, size, middle, 1 / 1.4)),
      Home: () => setMoved(null),
      Enter: () => (focused >= 0 ? onOpen(focused) : goTo(pickPoint(places, view, Infinity))),
      ...(focused >= 0 && { Escape: () => onFocus(-1) }),
    };
    const act =
      direction === undefined
        ? acts[event.key]
        : focused >= 0 && !event.shiftKey
          ? () => goTo(pointTowards(places, focused, direction))
          : () =>
              setMoved({
                ...view,
                x: view.x + (direction.x * STEP) / view.scale,
                y: view.y + (direction.y * STEP) / view.scale,
              });
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
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
      setMoved((before) => zoomAt(before, size, here, Math.exp(-event.deltaY / 400)));
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  });

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
        pressed.current = { at: at(event), hasMoved: false };
        if (isLasso) setLine([at(event)]);
      }}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={() => {
        pressed.current = null;
        setLine([]);
      }}
      onPointerLeave={() => setHovered(-1)}
      onDoubleClick={() => setMoved(null)}
    >
      <MapScene
        {...{ places, colouring, size, view, theme, marks, labels, pointed, line, onLabel }}
        near={near?.row === pointed ? near.rows : []}
        onMark={onSelect}
      />
      {pointed >= 0 && (
        <Pointed stored={stored} row={pointed} at={toScreen(view, size, placeOf(pointed))} size={size} />
      )}
      <button type="button" className="link map-all" hidden={isWhole} onClick={() => setMoved(null)}>
        {words.all}
      </button>
    </div>
  );
}
