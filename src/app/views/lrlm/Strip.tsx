import { useMemo, type KeyboardEvent, type PointerEvent } from "react";
import type { Hit } from "../../../contract/index.ts";
import { formatCount } from "../../parts/format.ts";
import { useWidth } from "../../parts/use-width.ts";
import { cellOf, cellsPath, cursorAt, cursorPlace, layStrip } from "./layout.ts";
import { views } from "../../words/en/views.ts";
import { useWords } from "../../words/words.ts";

interface StripProps {
  readonly chunks: number;
  readonly cursor: number;
  readonly hits: readonly Hit[];
  readonly selected: number;
  readonly onCursor: (cursor: number) => void;
  readonly onHit: (place: number) => void;
}

/** As many hits as the original hands to the model. */
const LIT = 8;

/** The text from its first to its last chunk; recalled chunks are lit, the cursor can be dragged or moved by keys. */
export function Strip({ chunks, cursor, hits, selected, onCursor, onHit }: StripProps) {
  const words = useWords("views", views).lrlm;
  const [ref, width] = useWidth<HTMLDivElement>();
  const strip = useMemo(() => layStrip(chunks, width), [chunks, width]);
  const read = useMemo(() => cellsPath(strip, 0, Math.min(cursor, chunks)), [strip, cursor, chunks]);
  const unread = useMemo(() => cellsPath(strip, Math.min(cursor, chunks), chunks), [strip, cursor, chunks]);
  const place = cursorPlace(strip, cursor);
  const move = (next: number): void => {
    if (chunks > 0) onCursor(Math.min(chunks, Math.max(0, next)));
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: cursor - 1,
      ArrowRight: cursor + 1,
      ArrowUp: cursor - strip.columns,
      ArrowDown: cursor + strip.columns,
      PageUp: cursor - strip.columns * 2,
      PageDown: cursor + strip.columns * 2,
      Home: 0,
      End: chunks,
    };
    const next = steps[event.key];
    if (next === undefined) return;
    event.preventDefault();
    move(next);
  };
  const onPointer = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.buttons !== 1) return;
    if (event.type === "pointerdown") event.currentTarget.setPointerCapture(event.pointerId);
    const box = event.currentTarget.getBoundingClientRect();
    move(cursorAt(strip, event.clientX - box.left, event.clientY - box.top));
  };

  return (
    <div
      ref={ref}
      className="strip"
      data-query
      role="slider"
      tabIndex={0}
      aria-label={words.cursor}
      aria-valuemin={0}
      aria-valuemax={chunks}
      aria-valuenow={cursor}
      aria-valuetext={words.place(formatCount(cursor), formatCount(chunks))}
      onKeyDown={onKeyDown}
      onPointerDown={onPointer}
      onPointerMove={onPointer}
    >
      {width > 0 && chunks > 0 && (
        <svg width={width} height={strip.height} aria-hidden="true">
          <path className="strip-read" d={read} />
          <path className="strip-unread" d={unread} />
          {cursor > 0 && <rect className="strip-query" {...cellOf(strip, cursor - 1)} />}
          {hits.slice(0, LIT).map(({ passage }, rank) => (
            <rect
              key={passage.id}
              className="strip-lit"
              data-selected={rank === selected || undefined}
              {...cellOf(strip, passage.ordinal)}
              onClick={() => onHit(rank)}
            />
          ))}
          <path className="strip-cursor" d={`M${place.x - 1} ${place.y - 3}v${strip.rowHeight + 6}`} />
        </svg>
      )}
      <p className="strip-legend sounding">{words.legend(formatCount(cursor), formatCount(chunks))}</p>
    </div>
  );
}
