import { useMemo, useState } from "react";
import { pointsInside, type Point, type Size } from "../../../chart/index.ts";
import { KIND_OF_TASK, type SearchResult, type StoredVectors, type TaskId } from "../../../contract/index.ts";
import { formatCount, formatNoun } from "../../parts/format.ts";
import { useWidth } from "../../parts/use-width.ts";
import { useActions, useApp } from "../../state/context.tsx";
import { MAP_COLOURS } from "../../state/pictures.ts";
import { narrowingOf } from "../../state/refine.ts";
import { selectCollection } from "../../state/select.ts";
import { drawings as english } from "../../words/en/drawings.ts";
import { useWords } from "../../words/words.ts";
import { ChosenPassages, PassageList } from "./ChosenPassages.tsx";
import type { Colouring } from "./colouring.ts";
import { DRAWN } from "./messages.ts";
import { MapField } from "./MapField.tsx";
import { useColouring } from "./use-colouring.ts";
import { useMap } from "./use-map.ts";
import "../../style/map.css";

const NEAREST = 5;

interface PassageMapProps {
  readonly task: TaskId;
  readonly result: SearchResult;
  readonly selected: number;
  readonly onSelect: (place: number) => void;
}

/** All passages of the collection in two dimensions, with the query and its hits on them. */
export function PassageMap({ task, result, selected, onSelect }: PassageMapProps) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const collectionId = useApp((state) => selectCollection(state, task)?.id);
  const colour = useApp((state) => state.pictures.map.spec.colour);
  const kind = KIND_OF_TASK[task];
  const region = useApp((state) => narrowingOf(state, kind).region);
  const { panel, pictures, refine } = useActions();
  const map = useMap(task);
  const { stored, places, how, isMoving, regions, regionOf, ask } = map;
  const words = useWords("drawings", english).map;
  const [isLasso, setLasso] = useState(false);
  const [focus, setFocus] = useState<{ readonly of: StoredVectors | null; readonly row: number } | null>(
    null,
  );
  const focused = focus !== null && focus.of === stored ? focus.row : -1;

  const chosen = useMemo(() => {
    if (stored === null || region === null) return null;
    const ids = new Set(region.passageIds);
    return [...stored.passageIds.keys()].filter((row) => ids.has(stored.passageIds[row] ?? -1));
  }, [stored, region]);
  const colouring = useColouring({ task, result, map, chosen });
  const size: Size = useMemo(
    () => ({ width, height: Math.round(Math.min(560, Math.max(280, width * 0.72))) }),
    [width],
  );
  const narrowTo = (rows: readonly number[], name: string): void => {
    if (!stored || collectionId === undefined) return;
    const passageIds = rows.map((row) => stored.passageIds[row] ?? -1);
    refine.narrow(kind, { region: rows.length === 0 ? null : { collectionId, passageIds, name } });
  };
  const labels = regions.map(({ x, y, name }) => ({ x, y, name, isChosen: name === region?.name }));
  const named = labels.flatMap((label, i) => (label.name === "" ? [] : [{ ...label, i }]));
  const chooseRegion = (i: number): void => {
    const rows = [...(regionOf?.keys() ?? [])].filter((row) => regionOf?.[row] === i);
    const name = regions[i]?.name ?? "";
    narrowTo(name === region?.name ? [] : rows, name);
  };
  const goTo = (row: number): void => {
    setFocus({ of: stored, row });
    if (row >= 0) ask({ ask: "near", row, count: NEAREST });
  };
  const open = async (row: number): Promise<void> => {
    const [passage] = (await pictures.readPassages([stored?.passageIds[row] ?? -1])) ?? [];
    if (!passage) return;
    const { sourceId, title: name, startUtf16, endUtf16 } = passage;
    panel.read({ sourceId, name, startUtf16, endUtf16 });
  };

  return (
    <section className="passage-map" ref={ref} aria-label={words.title}>
      <p className="map-tools">
        <label>
          {words.colour}{" "}
          <select
            className="field"
            value={colour}
            onChange={({ currentTarget: { value } }) =>
              pictures.colourMap(MAP_COLOURS.find((one) => one === value) ?? "plain")
            }
          >
            {MAP_COLOURS.map((one) => (
              <option key={one} value={one}>
                {words.colours[one]}
              </option>
            ))}
          </select>
        </label>
        <button type="button" className="button" aria-pressed={isLasso} onClick={() => setLasso(!isLasso)}>
          {isLasso ? words.lassoing : words.lasso}
        </button>
        {places !== null && isMoving && (
          <>
            <span className="sounding">{words.drawing(Math.round(map.done * 100))}</span>
            <button type="button" className="link" onClick={() => ask({ ask: "stop" })}>
              {words.stop}
            </button>
          </>
        )}
        {places !== null && !isMoving && (
          <button type="button" className="link" onClick={map.drawAnew}>
            {words.drawAnew}
          </button>
        )}
      </p>
      {stored !== null && stored.rows === 0 && <p className="quiet">{words.none}</p>}
      {stored === null && !map.hasFailed && <p className="quiet">{words.reading}</p>}
      {map.hasFailed && (
        <p className="warning">
          {words.failed}{" "}
          <button type="button" className="link" onClick={map.drawAnew}>
            {words.drawAnew}
          </button>
        </p>
      )}
      {width > 0 && stored !== null && places !== null && colouring !== null && (
        <MapField
          {...{ task, stored, places, colouring, size, result, selected, onSelect, isLasso, focused }}
          near={map.near}
          labels={named}
          onLabel={(label) => chooseRegion(named[label]?.i ?? -1)}
          onLasso={(line: readonly Point[]) => {
            setLasso(false);
            narrowTo(pointsInside(places, line), "");
          }}
          onFocus={goTo}
          onOpen={(row) => void open(row)}
          onPoint={(row) => ask({ ask: "near", row, count: NEAREST })}
        />
      )}
      {colouring !== null && <Legend colouring={colouring} />}
      {stored !== null && focused >= 0 && (
        <section className="map-chosen" aria-label={words.nearest} aria-live="polite">
          <PassageList stored={stored} rows={[focused]} />
          <p>{words.nearest}</p>
          <PassageList stored={stored} rows={map.near?.row === focused ? map.near.rows : []} />
        </section>
      )}
      {named.length > 0 && (
        <p className="map-regions" role="group" aria-label={words.regions}>
          {words.regions}{" "}
          {named.map(({ name, isChosen, i }) => (
            <button
              key={i}
              type="button"
              className="link"
              aria-pressed={isChosen}
              onClick={() => chooseRegion(i)}
            >
              {words.region(name, formatCount(regions[i]?.count ?? 0))}
            </button>
          ))}
        </p>
      )}
      {stored !== null && chosen !== null && (
        <ChosenPassages stored={stored} rows={chosen} onClear={() => narrowTo([], "")} />
      )}
      {stored !== null && places !== null && (
        <p className="quiet">
          {words.explained} {how === "axes" ? words.axes : words.neighbours}{" "}
          {how === "neighbours" &&
            stored.rows > DRAWN &&
            words.sampled(`${formatCount(DRAWN)} / ${formatNoun(stored.rows, "passage")}`)}{" "}
          {colour === "task" && words.byTask}
        </p>
      )}
    </section>
  );
}

function Legend({ colouring }: { readonly colouring: Colouring }) {
  return (
    <ul className="map-legend" data-legend>
      {colouring.legend.map(({ label, css }) => (
        <li key={label}>
          <span style={{ background: css }} aria-hidden="true" />
          {label}
        </li>
      ))}
    </ul>
  );
}
