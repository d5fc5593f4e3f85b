import { useEffect, useMemo, useState } from "react";
import { pointsInside, toMap, type MapView, type Point, type Size } from "../../../chart/index.ts";
import { KIND_OF_TASK, type SearchResult, type TaskId } from "../../../contract/index.ts";
import { formatCount, formatNoun } from "../../parts/format.ts";
import { useWidth } from "../../parts/use-width.ts";
import { useActions, useApp } from "../../state/context.tsx";
import { narrowingOf } from "../../state/refine.ts";
import { selectCollection, selectSources } from "../../state/select.ts";
import { drawings as english } from "../../words/en/drawings.ts";
import { useWords } from "../../words/words.ts";
import { ChosenPassages } from "./ChosenPassages.tsx";
import { coloursFor, type ColourBy } from "./colouring.ts";
import { DRAWN } from "./messages.ts";
import { MapField } from "./MapField.tsx";
import { useMap } from "./use-map.ts";
import "../../style/drawings.css";

const COLOURS = ["source", "score", "plain"] as const satisfies readonly ColourBy[];

interface PassageMapProps {
  readonly task: TaskId;
  readonly result: SearchResult;
  readonly selected: number;
  readonly onSelect: (place: number) => void;
}

/** All passages of the collection in two dimensions, with the query and its hits on them. */
export function PassageMap({ task, result, selected, onSelect }: PassageMapProps) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const collection = useApp((state) => selectCollection(state, task));
  const sources = useApp((state) => selectSources(state, task));
  const modelKey = useApp((state) => state.model.status?.model.key ?? "");
  const { pictures, refine } = useActions();
  const map = useMap(task, collection?.id);
  const { stored, places, how, done, cosines, ask } = map;
  const words = useWords("drawings", english).map;
  const [colour, setColour] = useState<ColourBy>("source");
  const [isLasso, setLasso] = useState(false);
  const kind = KIND_OF_TASK[task];
  const region = useApp((state) => narrowingOf(state, kind).region);
  const chosen = useMemo(() => {
    if (stored === null || region === null) return null;
    const ids = new Set(region.passageIds);
    return [...stored.passageIds.keys()].filter((row) => ids.has(stored.passageIds[row] ?? -1));
  }, [stored, region]);
  const name = `${collection?.id} ${task} ${modelKey}`;

  const hasPlaces = places !== null;
  useEffect(() => {
    if (colour !== "score" || !hasPlaces) return undefined;
    let isOld = false;
    void pictures.embedQuery(task).then((query) => {
      if (!isOld && query) ask({ ask: "score", query });
    });
    return () => {
      isOld = true;
    };
  }, [colour, hasPlaces, pictures, task, result, ask]);
  useEffect(() => {
    if (hasPlaces) ask({ ask: "draw", key: name });
  }, [hasPlaces, ask, name]);

  const colouring = useMemo(
    () => stored && coloursFor(stored, { by: colour, sources, cosines, chosen }),
    [stored, colour, sources, cosines, chosen],
  );
  const size: Size = useMemo(
    () => ({ width, height: Math.round(Math.min(560, Math.max(280, width * 0.72))) }),
    [width],
  );
  const narrowTo = (rows: readonly number[], name: string): void => {
    if (!stored || !collection) return;
    const passageIds = rows.map((row) => stored.passageIds[row] ?? -1);
    refine.narrow(kind, {
      region: rows.length === 0 ? null : { collectionId: collection.id, passageIds, name },
    });
  };
  const onLasso = (view: MapView, line: readonly Point[]): void => {
    if (!places) return;
    const inside = pointsInside(
      places,
      line.map((point) => toMap(view, size, point)),
    );
    setLasso(false);
    narrowTo(inside, "");
  };
  const isDrawing = how === "neighbours" && done < 1;

  return (
    <section className="passage-map" ref={ref} aria-label={words.title}>
      <p className="map-tools">
        <label>
          {words.colour}{" "}
          <select
            className="field"
            value={colour}
            onChange={(event) =>
              setColour(COLOURS.find((one) => one === event.currentTarget.value) ?? "plain")
            }
          >
            {COLOURS.map((one) => (
              <option key={one} value={one}>
                {words.colours[one]}
              </option>
            ))}
          </select>
        </label>
        <button type="button" className="button" aria-pressed={isLasso} onClick={() => setLasso(!isLasso)}>
          {isLasso ? words.lassoing : words.lasso}
        </button>
        {isDrawing && (
          <>
            <span className="sounding">{words.drawing(Math.round(done * 100))}</span>
            <button type="button" className="link" onClick={() => ask({ ask: "stop" })}>
              {words.stop}
            </button>
          </>
        )}
      </p>
      {stored !== null && stored.rows === 0 && <p className="quiet">{words.none}</p>}
      {stored === null && <p className="quiet">{words.reading}</p>}
      {width > 0 && stored !== null && places !== null && colouring !== null && (
        <MapField
          {...{ task, stored, places, colouring, size, result, selected, onSelect, isLasso, onLasso }}
          near={map.near}
          onPoint={(row) => ask({ ask: "near", row, count: 5 })}
        />
      )}
      {colouring !== null && <Legend colouring={colouring} />}
      {stored !== null && chosen !== null && (
        <ChosenPassages stored={stored} rows={chosen} onClear={() => narrowTo([], "")} />
      )}
      {stored !== null && places !== null && (
        <p className="quiet">
          {words.explained} {how === "axes" ? words.axes : words.neighbours}{" "}
          {how === "neighbours" &&
            stored.rows > DRAWN &&
            words.sampled(`${formatCount(DRAWN)} / ${formatNoun(stored.rows, "passage")}`)}
        </p>
      )}
    </section>
  );
}

function Legend({ colouring }: { readonly colouring: ReturnType<typeof coloursFor> }) {
  return (
    <ul className="map-legend">
      {colouring.legend.map(({ label, css }) => (
        <li key={label}>
          <span style={{ background: css }} aria-hidden="true" />
          {label}
        </li>
      ))}
    </ul>
  );
}
