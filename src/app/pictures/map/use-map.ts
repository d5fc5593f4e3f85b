import { useCallback, useEffect, useRef, useState } from "react";
import type { MapRegion } from "../../../chart/index.ts";
import type { StoredVectors, TaskId } from "../../../contract/index.ts";
import { useActions, useApp } from "../../state/context.tsx";
import { selectCollection } from "../../state/select.ts";
import { drawings as english } from "../../words/en/drawings.ts";
import { useWords } from "../../words/words.ts";
import type { MapAsk, MapTold } from "./messages.ts";

/** A map as far as it is drawn. Buffers stay out of the store: they are derived, and large. */
export interface DrawnMap {
  readonly stored: StoredVectors | null;
  readonly places: Float32Array | null;
  readonly how: "axes" | "neighbours";
  /** Share of the drawing that is over. */
  readonly done: number;
  readonly isMoving: boolean;
  /** Of a map that has settled; the largest first. */
  readonly regions: readonly NamedRegion[];
  /** i16, the region of each row or −1; null while there are none. */
  readonly regionOf: Int16Array | null;
  /** Of everything with the query, once asked for. */
  readonly cosines: Float32Array | null;
  /** Under which of the asked queries each row stands best, once asked for. */
  readonly ways: Uint8Array | null;
  readonly near: { readonly row: number; readonly rows: readonly number[] } | null;
  /** Why is said among the failures. */
  readonly hasFailed: boolean;
}

export interface NamedRegion extends MapRegion {
  /** Empty while it has none. */
  readonly name: string;
}

const NOTHING: DrawnMap = {
  stored: null,
  places: null,
  how: "axes",
  done: 0,
  isMoving: true,
  regions: [],
  regionOf: null,
  cosines: null,
  ways: null,
  near: null,
  hasFailed: false,
};

/** What can be asked of a map's worker. */
interface MapAsks {
  readonly ask: (ask: MapAsk) => void;
  /** Draws neighbours together once more, whatever was kept; after a failure begins anew. */
  readonly drawAnew: () => void;
}

/** Reads a collection's vectors and lays them out in a worker that ends with what shows them. */
export function useMap(task: TaskId): DrawnMap & MapAsks {
  const { pictures, jobs } = useActions();
  const label = useWords("drawings", english).drawingMap;
  const edition = useApp((state) => state.passages.edition);
  const collectionId = useApp((state) => selectCollection(state, task)?.id);
  const modelKey = useApp((state) => state.model.status?.model.key ?? "");
  const worker = useRef<Worker | null>(null);
  const key = `${collectionId} ${task} ${modelKey}`;
  const [drawn, setDrawn] = useState({ of: key, map: NOTHING });
  const [attempt, setAttempt] = useState(0);
  // Until another collection's map is there, nothing is: one of other passages would be wrong.
  const map = drawn.of === key ? drawn.map : NOTHING;

  useEffect(() => {
    const mine = new Worker(new URL("./map.worker.ts", import.meta.url), { type: "module" });
    worker.current = mine;
    let isOld = false;
    const setMap = (next: (before: DrawnMap) => DrawnMap): void =>
      setDrawn(({ of, map: before }) => ({ of: key, map: next(of === key ? before : NOTHING) }));
    const giveUp = (): void => {
      mine.terminate();
      setMap(() => ({ ...NOTHING, isMoving: false, hasFailed: true }));
    };
    const onFailed = (event: Event): void => {
      event.preventDefault();
      if (isOld) return;
      giveUp();
      const why = event instanceof ErrorEvent && event.message !== "" ? event.message : event.type;
      jobs.fail(label, new Error(why));
    };
    mine.addEventListener("error", onFailed);
    mine.addEventListener("messageerror", onFailed);
    let stored: StoredVectors | null = null;
    let naming = 0;
    const post = (asked: MapAsk, moved: Transferable[] = []): void => mine.postMessage(asked, moved);
    const name = async (samples: readonly (readonly number[])[]): Promise<void> => {
      const now = ++naming;
      const { passageIds } = stored ?? {};
      if (!passageIds || samples.length === 0) return;
      const idsOf = (rows: readonly number[]) => rows.map((row) => passageIds[row] ?? -1);
      const passages = await pictures.readPassages(samples.flatMap(idsOf));
      if (isOld || now !== naming || !passages) return;
      const textOf = new Map(passages.map(({ id, title, text }) => [id, `${title}\n${text}`]));
      post({ ask: "name", texts: samples.map((rows) => idsOf(rows).map((id) => textOf.get(id) ?? "")) });
    };
    mine.addEventListener("message", ({ data }: MessageEvent<MapTold>) => {
      if (isOld) return;
      setMap((before) => afterTold(before, data));
      if (data.told === "regions") void name(data.samples);
    });
    void pictures.readVectors(task).then((read) => {
      if (isOld) return;
      if (!read) {
        giveUp();
        return;
      }
      stored = read;
      setMap(() => ({ ...NOTHING, stored: read, isMoving: read.rows > 0 }));
      if (read.rows === 0) return;
      // The vectors change hands; the other columns are copied, and read here as well.
      post({ ask: "open", stored: read }, [read.vectors.buffer]);
      post({ ask: "draw", key });
    });
    return () => {
      isOld = true;
      mine.terminate();
    };
  }, [pictures, jobs, label, task, key, edition, attempt]);

  const ask = useCallback((asked: MapAsk) => worker.current?.postMessage(asked), []);
  const { hasFailed } = map;
  const drawAnew = useCallback(() => {
    if (hasFailed) setAttempt((before) => before + 1);
    else ask({ ask: "draw", key, anew: true });
  }, [ask, key, hasFailed]);
  return { ...map, ask, drawAnew };
}

function afterTold(before: DrawnMap, told: MapTold): DrawnMap {
  switch (told.told) {
    case "places": {
      const { how, places, done, isMoving } = told;
      return { ...before, how, places, done, isMoving, regions: [], regionOf: null };
    }
    case "progress":
      return { ...before, done: told.done };
    case "regions":
      return {
        ...before,
        regions: told.regions.map((region) => ({ ...region, name: "" })),
        regionOf: told.of,
      };
    case "names":
      return {
        ...before,
        regions: before.regions.map((region, i) => ({ ...region, name: told.names[i] ?? "" })),
      };
    case "scores":
      return { ...before, cosines: told.cosines };
    case "ways":
      return { ...before, ways: told.best };
    case "near":
      return { ...before, near: told };
    default:
      return told satisfies never;
  }
}
