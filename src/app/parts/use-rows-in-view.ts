import { useEffect, useState, type RefObject } from "react";
import { windowOf } from "./window-of.ts";

export interface RowsInView {
  /** What scrolls. */
  readonly box: RefObject<HTMLElement | null>;
  readonly total: number;
  /** Every row is as high as this. Units: rem. */
  readonly rowRem: number;
  /** Told which rows are in view, so that they can be fetched. */
  readonly onRows?: ((first: number, last: number) => void) | undefined;
}

/** Which of equally high rows are in view. Units: `rowHeight` in CSS pixels. */
export function useRowsInView({ box, total, rowRem, onRows }: RowsInView) {
  const [view, setView] = useState({ top: 0, height: 0, rem: 16 });
  const rowHeight = rowRem * view.rem;
  const { first, last } = windowOf(view.top, view.height, rowHeight, total);

  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const measure = (): void => {
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      setView({ top: element.scrollTop, height: element.clientHeight, rem });
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener("scroll", measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", measure);
    };
  }, [box]);

  useEffect(() => {
    if (last >= first) onRows?.(first, last);
  }, [first, last, onRows]);

  const rows = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
  return { rows, rowHeight };
}
