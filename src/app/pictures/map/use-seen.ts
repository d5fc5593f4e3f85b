import { useEffect, useState } from "react";
import type { MapView } from "../../../chart/index.ts";
import type { TaskId } from "../../../contract/index.ts";
import { useActions, useApp } from "../../state/context.tsx";

const KEPT_AFTER_MS = 300;

type Move = (next: MapView | null | ((before: MapView) => MapView)) => void;

/** The part of a task's map that is looked at; kept in the store once it has come to rest. */
export function useSeen(
  task: TaskId,
  whole: MapView,
): readonly [view: MapView, move: Move, isWhole: boolean] {
  const seen = useApp((state) => state.pictures.map.state.seen[task]);
  const { pictures } = useActions();
  const [moved, setMoved] = useState<MapView | null>(null);
  const kept = seen ? { x: seen.x, y: seen.y, scale: seen.zoom * whole.scale } : null;
  const view = moved ?? kept ?? whole;
  useEffect(() => {
    if (moved === null) return undefined;
    const timer = setTimeout(() => {
      pictures.seeMap(task, { x: moved.x, y: moved.y, zoom: moved.scale / whole.scale });
      setMoved(null);
    }, KEPT_AFTER_MS);
    return () => clearTimeout(timer);
  }, [moved, whole, pictures, task]);
  const move: Move = (next) => {
    if (next === null) pictures.seeMap(task, null);
    setMoved(typeof next === "function" ? (before) => next(before ?? kept ?? whole) : next);
  };
  return [view, move, moved === null && seen === undefined];
}
