import { useEffect, useRef, type ReactNode } from "react";
import { useRowsInView } from "./use-rows-in-view.ts";

interface WindowedListProps {
  readonly label: string;
  readonly total: number;
  /** Every row is as high as this. Units: rem. */
  readonly rowRem: number;
  readonly renderRow: (row: number) => ReactNode;
  /** Told which rows are in view, so that they can be fetched. */
  readonly onRows?: (first: number, last: number) => void;
  /** Row that is brought into view when it changes. */
  readonly reveal?: number | null;
  readonly className?: string;
}

/** A long list of equally high rows of which only those in view are in the page. */
export function WindowedList({
  label,
  total,
  rowRem,
  renderRow,
  onRows,
  reveal = null,
  className = "",
}: WindowedListProps) {
  const box = useRef<HTMLDivElement>(null);
  const { rows, rowHeight } = useRowsInView({ box, total, rowRem, onRows });

  useEffect(() => {
    const element = box.current;
    if (!element || reveal === null) return;
    const top = reveal * rowHeight;
    if (top < element.scrollTop || top + rowHeight > element.scrollTop + element.clientHeight)
      element.scrollTo({ top: Math.max(0, top - element.clientHeight / 3) });
  }, [reveal, rowHeight]);

  return (
    <div className={`windowed ${className}`} ref={box} tabIndex={0} role="region" aria-label={label}>
      <ol style={{ blockSize: `${total * rowRem}rem` }}>
        {rows.map((row) => (
          <li
            key={row}
            aria-setsize={total}
            aria-posinset={row + 1}
            style={{ insetBlockStart: `${row * rowRem}rem`, blockSize: `${rowRem}rem` }}
          >
            {renderRow(row)}
          </li>
        ))}
      </ol>
    </div>
  );
}
