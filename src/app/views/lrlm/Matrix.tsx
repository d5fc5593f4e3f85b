import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import {
  cosineToDegrees,
  formatDegrees,
  likenessMatrix,
  paintMatrix,
  rangeAround,
  type RowRange,
} from "../../../chart/index.ts";
import type { Hit, StoredVectors } from "../../../contract/index.ts";
import { formatCount } from "../../parts/format.ts";
import { useWidth } from "../../parts/use-width.ts";
import { useActions, useApp } from "../../state/context.tsx";
import { KeepPicture } from "../../pictures/KeepPicture.tsx";
import { benches } from "../../words/en/benches.ts";
import { useWords } from "../../words/words.ts";
import { coloursOf, type Rgb } from "../../parts/colours.ts";

/** More cells than these are not told apart by eye, and every one of them costs. */
const MOST_CELLS = 512;
const SIDE = 560;
const BLACK: Rgb = [0, 0, 0];
/** As many hits as the original hands to the model. */
const LIT = 8;

interface MatrixProps {
  readonly sourceId: number;
  readonly cursor: number;
  readonly hits: readonly Hit[];
}

/** How alike every chunk of a long text is to every other; the chosen ones and what follows them are outlined. */
export function Matrix({ sourceId, cursor, hits }: MatrixProps) {
  const { pictures } = useActions();
  const words = useWords("benches", benches).lrlm;
  const [stored, setStored] = useState<StoredVectors | null>(null);
  const edition = useApp((state) => state.passages.edition);
  useEffect(() => {
    let isOld = false;
    void pictures.readVectors("lrlm", sourceId).then((read) => {
      if (!isOld && read) setStored(inOrder(read));
    });
    return () => {
      isOld = true;
    };
  }, [pictures, sourceId, edition]);
  if (stored === null) return <p className="quiet">{words.reading}</p>;
  if (stored.rows < 2) return <p className="quiet">{words.none}</p>;
  return <Drawn stored={stored} cursor={cursor} hits={hits} />;
}

interface DrawnProps {
  readonly stored: StoredVectors;
  readonly cursor: number;
  readonly hits: readonly Hit[];
}

function Drawn({ stored, cursor, hits }: DrawnProps) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const field = useRef<HTMLDivElement>(null);
  const { query } = useActions();
  const theme = useApp((state) => state.panel.theme);
  const words = useWords("benches", benches).lrlm;
  const all = { first: 0, end: stored.rows };
  const [range, setRange] = useState<RowRange>(all);
  const [drag, setDrag] = useState<readonly [number, number] | null>(null);
  const [pointed, setPointed] = useState<readonly [number, number] | null>(null);
  const side = Math.min(SIDE, width);
  const matrix = useMemo(
    () => likenessMatrix(stored.vectors, stored.dim, range, MOST_CELLS),
    [stored, range],
  );
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (!element || !context) return;
    const [paper = BLACK, hue = BLACK] = coloursOf(element, ["var(--paper)", "var(--hue)"]);
    const pixels = paintMatrix(matrix, paper, hue);
    context.putImageData(new ImageData(pixels, matrix.cells, matrix.cells), 0, 0);
  }, [matrix, side, theme]);

  const size = range.end - range.first;
  const place = (row: number) => ((row - range.first) / size) * side;
  const rowAt = (pixel: number) =>
    Math.min(range.end - 1, Math.max(range.first, range.first + Math.floor((pixel / side) * size)));
  const at = (event: PointerEvent): readonly [number, number] => {
    const box = event.currentTarget.getBoundingClientRect();
    return [rowAt(event.clientX - box.left), rowAt(event.clientY - box.top)];
  };
  const zoom = (factor: number, shift = 0): void =>
    setRange(rangeAround((range.first + range.end) / 2 + shift * size, size * factor, stored.rows));
  const onKeyDown = (event: KeyboardEvent): void => {
    const acts: Readonly<Record<string, () => void>> = {
      "+": () => zoom(0.5),
      "-": () => zoom(2),
      ArrowLeft: () => zoom(1, -0.25),
      ArrowRight: () => zoom(1, 0.25),
      Home: () => setRange(all),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  const asked = cursor - 1;
  const name = (row: number) => formatCount(row + 1);
  const value = pointed && similarity(stored, pointed);
  const cell = side / size;

  return (
    <div ref={ref} className="picture matrix">
      <p className="quiet">{words.explained}</p>
      {width > 0 && (
        <div
          ref={field}
          className="matrix-field"
          style={{ inlineSize: side, blockSize: side }}
          role="application"
          tabIndex={0}
          aria-label={words.label(name(range.first), name(range.end - 1))}
          onKeyDown={onKeyDown}
          onDoubleClick={() => setRange(all)}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            setDrag([at(event)[0], at(event)[0]]);
          }}
          onPointerMove={(event) => {
            setPointed(at(event));
            if (drag) setDrag([drag[0], at(event)[0]]);
          }}
          onPointerUp={() => {
            if (drag) {
              const [first, end] = [Math.min(...drag), Math.max(...drag) + 1];
              if (end - first > 2) setRange({ first, end });
              else if (drag[0] > 0) query.setCursor(stored.sourceIds[0] ?? 0, drag[0] + 1);
            }
            setDrag(null);
          }}
          onPointerLeave={() => setPointed(null)}
        >
          <canvas ref={canvas} width={matrix.cells} height={matrix.cells} />
          <svg width={side} height={side} aria-hidden="true" data-picture="matrix">
            {asked >= range.first && asked < range.end && (
              <path
                className="matrix-asked"
                d={`M0 ${place(asked + 0.5)}H${side}M${place(asked + 0.5)} 0V${side}`}
              />
            )}
            {hits.slice(0, LIT).map(({ passage: { id, ordinal } }) => (
              <g key={id}>
                <rect
                  className="matrix-column"
                  x={place(ordinal)}
                  y={0}
                  width={Math.max(cell, 2)}
                  height={side}
                />
                <rect
                  className="matrix-next"
                  x={place(ordinal + 1)}
                  y={place(asked) - Math.max(0, 5 - cell / 2)}
                  width={Math.max(cell, 3)}
                  height={Math.max(cell, 10)}
                />
                <rect
                  className="matrix-hit"
                  x={place(ordinal) - 1}
                  y={place(asked) - Math.max(0, 5 - cell / 2)}
                  width={Math.max(cell, 3)}
                  height={Math.max(cell, 10)}
                />
              </g>
            ))}
            {drag && (
              <rect
                className="matrix-drag"
                x={place(Math.min(...drag))}
                y={place(Math.min(...drag))}
                width={place(Math.max(...drag) + 1) - place(Math.min(...drag))}
                height={place(Math.max(...drag) + 1) - place(Math.min(...drag))}
              />
            )}
          </svg>
        </div>
      )}
      <p className="matrix-foot">
        <KeepPicture frame={field} name="lrlm-matrix" />
        <span className="sounding">
          {value === null || pointed === null
            ? words.part(name(range.first), name(range.end - 1), formatCount(stored.rows))
            : words.cell(name(pointed[1]), name(pointed[0]), formatDegrees(cosineToDegrees(value)))}
        </span>
        <button type="button" className="link" onClick={() => zoom(0.5)}>
          {words.closer}
        </button>
        <button type="button" className="link" disabled={range.first === 0} onClick={() => zoom(1, -0.5)}>
          {words.earlier}
        </button>
        <button
          type="button"
          className="link"
          disabled={range.end === stored.rows}
          onClick={() => zoom(1, 0.5)}
        >
          {words.later}
        </button>
        <button type="button" className="link" disabled={size === stored.rows} onClick={() => setRange(all)}>
          {words.all}
        </button>
      </p>
    </div>
  );
}

function similarity({ vectors, dim }: StoredVectors, [a, b]: readonly [number, number]): number {
  const two = new Uint16Array(2 * dim);
  two.set(vectors.subarray(a * dim, (a + 1) * dim));
  two.set(vectors.subarray(b * dim, (b + 1) * dim), dim);
  return likenessMatrix(two, dim, { first: 0, end: 2 }, 2).values[1] ?? 0;
}

/** Rows in the order of the text, whatever order they were stored in. */
function inOrder(stored: StoredVectors): StoredVectors {
  const { dim, ordinals } = stored;
  const order = [...ordinals.keys()].toSorted((a, b) => (ordinals[a] ?? 0) - (ordinals[b] ?? 0));
  if (order.every((row, i) => row === i)) return stored;
  const vectors = new Uint16Array(stored.vectors.length);
  for (const [to, row] of order.entries())
    vectors.set(stored.vectors.subarray(row * dim, (row + 1) * dim), to * dim);
  return { ...stored, vectors, ordinals: Int32Array.from(order, (row) => ordinals[row] ?? 0) };
}
