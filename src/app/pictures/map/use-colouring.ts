import { useEffect, useMemo, useState } from "react";
import { TASK_IDS, type SearchResult, type StoredVectors, type TaskId } from "../../../contract/index.ts";
import { useActions, useApp } from "../../state/context.tsx";
import { selectSources } from "../../state/select.ts";
import { coloursFor, type Colouring } from "./colouring.ts";
import type { useMap } from "./use-map.ts";

interface ColouringOf {
  readonly task: TaskId;
  readonly result: SearchResult;
  readonly map: ReturnType<typeof useMap>;
  /** Rows that are not dimmed; all when null. */
  readonly chosen: readonly number[] | null;
}

/** The points' colours as the map's spec asks for them; what they depend on is fetched when it is first needed. */
export function useColouring({ task, result, map, chosen }: ColouringOf): Colouring | null {
  const sources = useApp((state) => selectSources(state, task));
  const colour = useApp((state) => state.pictures.map.spec.colour);
  const { pictures } = useActions();
  const { stored, cosines, ways, ask } = map;
  const [dated, setDated] = useState<{ readonly of: StoredVectors; readonly times: Float64Array } | null>(
    null,
  );
  const times = dated !== null && dated.of === stored ? dated.times : null;
  const hasPlaces = map.places !== null;

  useEffect(() => {
    if (!hasPlaces || (colour !== "score" && colour !== "task")) return undefined;
    let isOld = false;
    const under = colour === "score" ? [task] : TASK_IDS;
    void pictures.embedQuery(task, under).then((queries) => {
      const [query] = queries ?? [];
      if (isOld || !queries || !query) return;
      ask(colour === "score" ? { ask: "score", query } : { ask: "ways", queries });
    });
    return () => {
      isOld = true;
    };
  }, [colour, hasPlaces, pictures, task, result, ask]);
  useEffect(() => {
    if (colour !== "date" || stored === null) return undefined;
    let isOld = false;
    void pictures.passageTimes(task).then((read) => {
      if (isOld || !read) return;
      const timeOf = new Map(Array.from(read.passageIds, (id, i) => [id, read.timesMs[i]]));
      const times = Float64Array.from(stored.passageIds, (id) => timeOf.get(id) ?? Number.NaN);
      setDated({ of: stored, times });
    });
    return () => {
      isOld = true;
    };
  }, [colour, stored, pictures, task]);

  return useMemo(
    () => stored && coloursFor(stored, { by: colour, sources, cosines, ways, times, chosen }),
    [stored, colour, sources, cosines, ways, times, chosen],
  );
}
