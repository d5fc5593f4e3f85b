import { cosineToDegrees, formatDegrees, TASK_HUES } from "../../../chart/index.ts";
import { TASK_IDS, type Source, type StoredVectors } from "../../../contract/index.ts";
import { formatDate } from "../../parts/format.ts";
import type { MapColour } from "../../state/pictures.ts";
import { aboutOf } from "../../views/about.ts";
import { drawings as english } from "../../words/en/drawings.ts";
import { wordsOf } from "../../words/words.ts";

/** A colour a point, and what the colours say. */
export interface Colouring {
  readonly indices: Uint8Array;
  /** Values of CSS; those of points that are dimmed come after all others. */
  readonly palette: readonly string[];
  readonly legend: readonly { readonly label: string; readonly css: string }[];
}

interface ColouringOptions {
  readonly by: MapColour;
  readonly sources: readonly Source[];
  readonly cosines: Float32Array | null;
  /** Under which task's instruction each row stands best. */
  readonly ways: Uint8Array | null;
  /** When each row is from; NaN where that is not known. */
  readonly times: Float64Array | null;
  /** Rows inside the line that was drawn; the others are dimmed. */
  readonly chosen: readonly number[] | null;
}

const SHADES = 8;
/** Of what is there, but not meant. */
export const FAINT = "color-mix(in oklab, var(--ink) 22%, var(--paper))";
const PLAIN = "color-mix(in oklab, var(--ink) 55%, var(--paper))";
/** Told apart without full colour sight: the hues of the six tasks. */
const HUES = TASK_IDS.map((task) => `light-dark(${TASK_HUES.day[task]}, ${TASK_HUES.night[task]})`);
const SHADED = Array.from({ length: SHADES }, (_, i) => {
  const share = Math.round(28 + (72 * i) / (SHADES - 1));
  return `color-mix(in oklab, var(--hue) ${share}%, var(--paper))`;
});

/** Gives every point a colour: by its source, task, date or angle from the query, or one for all. */
export function coloursFor(
  stored: Pick<StoredVectors, "rows" | "sourceIds">,
  options: ColouringOptions,
): Colouring {
  const { indices, palette, legend } = coloursBy(stored, options);
  if (options.chosen === null) return { indices, palette, legend };
  const dimmed = new Uint8Array(stored.rows).fill(palette.length);
  for (const row of options.chosen) dimmed[row] = indices[row] ?? 0;
  return { indices: dimmed, palette: [...palette, FAINT], legend };
}

function coloursBy(
  { rows, sourceIds }: Pick<StoredVectors, "rows" | "sourceIds">,
  { by, sources, cosines, ways, times }: ColouringOptions,
): Colouring {
  switch (by) {
    case "source":
      return sources.length > 1 ? bySource(sourceIds, sources) : plain(rows);
    case "task":
      return ways?.length === rows ? byTask(ways) : plain(rows);
    case "score":
      return cosines?.length === rows
        ? shaded(cosines, (value) => formatDegrees(cosineToDegrees(value)))
        : plain(rows);
    case "date":
      return times?.length === rows
        ? shaded(times, (value) => formatDate(new Date(value).toISOString()))
        : plain(rows);
    case "plain":
      return plain(rows);
    default:
      return by satisfies never;
  }
}

function plain(rows: number): Colouring {
  return { indices: new Uint8Array(rows), palette: [PLAIN], legend: [] };
}

function bySource(sourceIds: Int32Array, sources: readonly Source[]): Colouring {
  const count = new Map<number, number>();
  for (const id of sourceIds) count.set(id, (count.get(id) ?? 0) + 1);
  const largest = [...count].toSorted((a, b) => b[1] - a[1]).map(([id]) => id);
  const own = largest.length <= HUES.length ? largest : largest.slice(0, HUES.length - 1);
  const indices = Uint8Array.from(sourceIds, (id) => own.indexOf(id) + 1);
  const named = own.map((id, i) => ({
    label: sources.find((source) => source.id === id)?.name ?? String(id),
    css: HUES[i] ?? PLAIN,
  }));
  const others = { label: wordsOf("drawings", english).map.others, css: PLAIN };
  const legend = own.length < largest.length ? [...named, others] : named;
  return { indices, palette: [PLAIN, ...HUES.slice(0, own.length)], legend };
}

function byTask(ways: Uint8Array): Colouring {
  const legend = TASK_IDS.map((task, i) => ({ label: aboutOf(task).label, css: HUES[i] ?? PLAIN }));
  return { indices: ways, palette: HUES, legend };
}

/** In tints of the task's hue between all but the lowest fiftieth and the highest value; what is not known has none of it. */
function shaded(values: Float32Array | Float64Array, said: (value: number) => string): Colouring {
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  if (known.length === 0) {
    const label = wordsOf("drawings", english).map.unknown;
    return { ...plain(values.length), legend: [{ label, css: PLAIN }] };
  }
  const [low = 0, high = 0] = [known[Math.floor(0.02 * (known.length - 1))], known.at(-1)];
  const indices = Uint8Array.from(values, (value) => {
    const share = (value - low) / Math.max(1e-6, high - low);
    return Number.isNaN(share) ? SHADES : Math.min(SHADES - 1, Math.max(0, Math.floor(share * SHADES)));
  });
  const ends = [
    { label: said(high), css: SHADED.at(-1) ?? PLAIN },
    { label: said(low), css: SHADED[0] ?? PLAIN },
  ];
  const none = { label: wordsOf("drawings", english).map.unknown, css: PLAIN };
  return {
    indices,
    palette: [...SHADED, PLAIN],
    legend: known.length < values.length ? [...ends, none] : ends,
  };
}
