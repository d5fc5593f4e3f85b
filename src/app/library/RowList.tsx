import { useId, useRef, type KeyboardEvent, type MouseEvent, type ReactNode } from "react";
import { useRowsInView } from "../parts/use-rows-in-view.ts";

interface RowListProps {
  readonly label: string;
  /** Id of what says what the keys do. */
  readonly describedBy?: string;
  readonly total: number;
  /** Every row is as high as this. Units: rem. */
  readonly rowRem: number;
  readonly renderRow: (row: number) => ReactNode;
  readonly onRows?: (first: number, last: number) => void;
  /** Rows that are chosen besides the one that the keys move; without it there is one choice. */
  readonly chosen?: ReadonlySet<number>;
  readonly onChoose?: (rows: ReadonlySet<number>) => void;
  readonly active: number;
  readonly onActive: (row: number) => void;
  readonly onOpen: (row: number) => void;
  /** Keys that mean more than moving; true when it was taken. */
  readonly onKey?: (event: KeyboardEvent) => boolean;
  readonly className?: string;
}

/** A long list of equally high rows, of which those in view are in the page, moved in and chosen from by keyboard. */
export function RowList(props: RowListProps) {
  const {
    label,
    describedBy,
    total,
    rowRem,
    renderRow,
    onRows,
    chosen,
    active,
    onOpen,
    className = "",
  } = props;
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const { rows: shown, rowHeight } = useRowsInView({ box, total, rowRem, onRows });
  // The active row has to be in the page for a screen reader to find it.
  const rows = active < total && !shown.includes(active) ? [...shown, active] : shown;

  const go = (row: number): void => {
    const next = Math.max(0, Math.min(total - 1, row));
    props.onActive(next);
    const element = box.current;
    if (!element) return;
    const [top, bottom] = [next * rowHeight, (next + 1) * rowHeight];
    if (top < element.scrollTop) element.scrollTop = top;
    else if (bottom > element.scrollTop + element.clientHeight)
      element.scrollTop = bottom - element.clientHeight;
  };

  const toggle = (row: number): void => {
    const next = new Set(chosen);
    if (!next.delete(row)) next.add(row);
    props.onChoose?.(next);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (props.onKey?.(event) === true) return event.preventDefault();
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / rowHeight) - 1);
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: total - 1,
    };
    const move = moves[event.key];
    if (move !== undefined) {
      if (event.shiftKey && chosen)
        props.onChoose?.(new Set([...chosen, active, Math.max(0, Math.min(total - 1, move))]));
      go(move);
    } else if (event.key === "Enter") onOpen(active);
    else if (event.key === " " && chosen) toggle(active);
    else if (event.key === "a" && (event.ctrlKey || event.metaKey) && chosen)
      props.onChoose?.(new Set(Array.from({ length: total }, (_, row) => row)));
    else return;
    event.preventDefault();
  };

  const rowOf = ({ target }: MouseEvent): number | null => {
    const element = target instanceof Element ? target.closest<HTMLElement>("[data-row]") : null;
    return element ? Number(element.dataset["row"]) : null;
  };

  const onClick = (event: MouseEvent): void => {
    const row = rowOf(event);
    if (row === null) return;
    box.current?.focus({ preventScroll: true });
    if (chosen && (event.ctrlKey || event.metaKey)) toggle(row);
    else if (chosen && event.shiftKey) {
      const [from, to] = [Math.min(active, row), Math.max(active, row)];
      props.onChoose?.(new Set(Array.from({ length: to - from + 1 }, (_, i) => from + i)));
    } else props.onChoose?.(new Set());
    go(row);
  };

  return (
    <div
      className={`windowed rows ${className}`}
      ref={box}
      style={{ maxBlockSize: `calc(${total * rowRem}rem + 2px)` }}
      tabIndex={0}
      role="listbox"
      aria-label={label}
      aria-describedby={describedBy}
      aria-multiselectable={chosen !== undefined || undefined}
      aria-activedescendant={total > 0 ? `${id}-${active}` : undefined}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onDoubleClick={(event) => {
        const row = rowOf(event);
        if (row !== null) onOpen(row);
      }}
    >
      <div role="presentation" style={{ blockSize: `${total * rowRem}rem` }}>
        {rows.map((row) => (
          <div
            key={row}
            id={`${id}-${row}`}
            role="option"
            tabIndex={-1}
            className="row"
            data-row={row}
            aria-selected={chosen?.has(row) === true || row === active}
            aria-setsize={total}
            aria-posinset={row + 1}
            data-active={row === active || undefined}
            data-chosen={chosen?.has(row) || undefined}
            style={{ insetBlockStart: `${row * rowRem}rem`, blockSize: `${rowRem}rem` }}
          >
            {renderRow(row)}
          </div>
        ))}
      </div>
    </div>
  );
}
