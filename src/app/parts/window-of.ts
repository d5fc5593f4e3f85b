/** Rows kept above and below the view, so that scrolling by a little shows no gap. */
const SPARE_ROWS = 6;

/** First and last row to be in the page; last is before first when there is none. */
export function windowOf(
  top: number,
  height: number,
  rowHeight: number,
  total: number,
): { readonly first: number; readonly last: number } {
  if (total === 0 || rowHeight <= 0) return { first: 0, last: -1 };
  const first = Math.min(total - 1, Math.max(0, Math.floor(top / rowHeight) - SPARE_ROWS));
  const last = Math.min(total - 1, Math.ceil((top + height) / rowHeight) + SPARE_ROWS);
  return { first, last };
}

/** A stretch of a long text around a span, for reading without laying out all of it. */
export interface Slice {
  readonly start: number;
  readonly end: number;
}

const SLICE_LENGTH = 20_000;

/** The slice that shows a span with text on both sides; the whole text when it is short. */
export function sliceAround(length: number, start: number, end: number): Slice {
  const middle = Math.floor((Math.max(0, start) + Math.min(length, end)) / 2);
  const from = Math.max(0, Math.min(middle - SLICE_LENGTH / 2, length - SLICE_LENGTH));
  return { start: Math.min(from, start), end: Math.max(Math.min(length, from + SLICE_LENGTH), end) };
}

/** The slice with more of the text before or after it. */
export function widen({ start, end }: Slice, length: number, towards: "start" | "end"): Slice {
  return towards === "start"
    ? { start: Math.max(0, start - SLICE_LENGTH), end }
    : { start, end: Math.min(length, end + SLICE_LENGTH) };
}
