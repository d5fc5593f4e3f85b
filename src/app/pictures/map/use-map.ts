import { useCallback, useEffect, useRef, useState } from "react";
import type { StoredVectors, TaskId } from "../../../contract/index.ts";
import { useActions, useApp } from "../../state/context.tsx";
import type { MapAsk, MapTold } from "./messages.ts";

/** A map as far as it is drawn. Buffers stay out of the store: they are derived, and large. */
export interface DrawnMap {
  readonly stored: StoredVectors | null;
  readonly places: Float32Array | null;
  readonly how: "axes" | "neighbours";
  /** Share of the drawing that is over. */
  readonly done: number;
  /** Of everything with the query, once asked for. */
  readonly cosines: Float32Array | null;
  readonly near: { readonly row: number; readonly rows: readonly number[] } | null;
  readonly ask: (ask: MapAsk) => void;
}

/** Reads a collection's vectors and lays them out in a worker that ends with what shows them. */
export function useMap(task: TaskId, collectionId: number | undefined): DrawnMap {
  const { pictures } = useActions();
  const edition = useApp((state) => state.passages.edition);
  const worker = useRef<Worker | null>(null);
  const [stored, setStored] = useState<StoredVectors | null>(null);
  const [places, setPlaces] = useState<(MapTold & { told: "places" }) | null>(null);
  const [cosines, setCosines] = useState<Float32Array | null>(null);
  const [near, setNear] = useState<DrawnMap["near"]>(null);

  useEffect(() => {
    const mine = new Worker(new URL("./map.worker.ts", import.meta.url), { type: "module" });
    worker.current = mine;
    let isOld = false;
    mine.addEventListener("message", ({ data }: MessageEvent<MapTold>) => {
      switch (data.told) {
        case "places":
          return setPlaces(data);
        case "scores":
          return setCosines(data.cosines);
        case "near":
          return setNear(data);
        default:
          return data satisfies never;
      }
    });
    void pictures.readVectors(task).then((read) => {
      if (isOld || !read) return;
      setStored(read);
      // The vectors change hands; the other columns are copied, and read here as well.
      if (read.rows > 0)
        mine.postMessage({ ask: "open", stored: read } satisfies MapAsk, [read.vectors.buffer]);
    });
    return () => {
      isOld = true;
      mine.terminate();
    };
  }, [pictures, task, collectionId, edition]);

  const ask = useCallback((asked: MapAsk) => worker.current?.postMessage(asked), []);
  return {
    stored,
    places: places?.places ?? null,
    how: places?.how ?? "axes",
    done: places?.done ?? 0,
    cosines,
    near,
    ask,
  };
}
