/** A text's chunks as cells in rows, left to right, then down. Units: pixels. */
export interface Strip {
  readonly chunks: number;
  readonly columns: number;
  readonly rows: number;
  readonly cell: number;
  readonly rowHeight: number;
  readonly height: number;
}

export interface Cell {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const ROW_GAP = 6;
const MOST_ROWS = 10;
const WIDEST_CELL = 16;

/** Lays chunks out so that the whole text is seen at once: cells shrink before there are more than ten rows. */
export function layStrip(chunks: number, width: number): Strip {
  const fewest = Math.ceil(chunks / MOST_ROWS);
  const columns = Math.max(1, Math.min(chunks, Math.max(fewest, Math.floor(width / WIDEST_CELL))));
  const cell = chunks === 0 ? 0 : Math.min(WIDEST_CELL, width / columns);
  const rows = Math.ceil(chunks / columns);
  const rowHeight = rows > 4 ? 14 : 22;
  return { chunks, columns, rows, cell, rowHeight, height: Math.max(0, rows * (rowHeight + ROW_GAP)) };
}

/** Where a chunk stands. */
export function cellOf({ columns, cell, rowHeight }: Strip, chunk: number): Cell {
  const gap = cell >= 6 ? 2 : 0;
  return {
    x: (chunk % columns) * cell,
    y: Math.floor(chunk / columns) * (rowHeight + ROW_GAP),
    width: cell - gap,
    height: rowHeight,
  };
}

/** The cursor nearest to a point: 0 is before the first chunk, `chunks` after the last. */
export function cursorAt({ chunks, columns, cell, rows, rowHeight }: Strip, x: number, y: number): number {
  const row = Math.min(rows - 1, Math.max(0, Math.floor(y / (rowHeight + ROW_GAP))));
  const column = Math.min(columns, Math.max(0, Math.round(x / cell)));
  return Math.min(chunks, row * columns + column);
}

/** Where the cursor stands; between two rows at the end of the upper one. */
export function cursorPlace(strip: Strip, cursor: number): { readonly x: number; readonly y: number } {
  const row = cursor === 0 ? 0 : Math.floor((cursor - 1) / strip.columns);
  return { x: (cursor - row * strip.columns) * strip.cell, y: row * (strip.rowHeight + ROW_GAP) };
}

/** One SVG path with a rectangle a chunk, from `first` up to `end`. */
export function cellsPath(strip: Strip, first: number, end: number): string {
  let path = "";
  for (let chunk = first; chunk < end; chunk++) {
    const { x, y, width, height } = cellOf(strip, chunk);
    path += `M${x.toFixed(2)} ${y}h${width.toFixed(2)}v${height}h${(-width).toFixed(2)}z`;
  }
  return path;
}
