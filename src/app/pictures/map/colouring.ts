import { cosineToDegrees, formatDegrees, TASK_HUES } from "../../../chart/index.ts";
import { TASK_IDS, type Source, type StoredVectors } from "../../../contract/index.ts";
import { drawings as english } from "../../words/en/drawings.ts";
import { wordsOf } from "../../words/words.ts";

export type ColourBy = "plain" | "source" | "score";

/** A colour a point, and what the colours say. */
export interface Colouring {
  readonly indices: Uint8Array;
  /** Values of CSS; those of points that are dimmed come after all others. */
  readonly palette: readonly string[];
  readonly legend: readonly { readonly label: string; readonly css: string }[];
}

interface ColouringOptions {
  readonly by: ColourBy;
  readonly sources: readonly Source[];
  readonly cosines: Float32Array | null;
  /** Rows inside the line that was drawn; the others are dimmed. */
  readonly chosen: readonly number[] | null;
}

const SHADES = 8;
const FAINT = "color-mix(in oklab, var(--ink) 22%, var(--paper))";
const PLAIN = "color-mix(in oklab, var(--ink) 55%, var(--paper))";
/** Told apart without full colour sight: the hues of the six tasks. */
const HUES = TASK_IDS.map((task) => `light-dark(${TASK_HUES.day[task]}, ${TASK_HUES.night[task]})`);

/** Gives every point a colour: by its source, by its angle from the query, or one for all. */
export function coloursFor(
  { rows, sourceIds }: Pick<StoredVectors, "rows" | "sourceIds">,
  { by, sources, cosines, chosen }: ColouringOptions,
): Colouring {
  const { map: words } = wordsOf("drawings", english);
  const indices = new Uint8Array(rows);
  let palette: string[] = [PLAIN];
  let legend: Colouring["legend"] = [];
  if (by === "source" && sources.length > 1) {
    const count = new Map<number, number>();
    for (const id of sourceIds) count.set(id, (count.get(id) ?? 0) + 1);
    const largest = [...count].toSorted((a, b) => b[1] - a[1]).map(([id]) => id);
    const own = largest.length <= HUES.length ? largest : largest.slice(0, HUES.length - 1);
    palette = [PLAIN, ...HUES.slice(0, own.length)];
    for (const [row, id] of sourceIds.entries()) indices[row] = own.indexOf(id) + 1;
    const named = own.map((id, i) => ({
      label: sources.find((source) => source.id === id)?.name ?? String(id),
      css: HUES[i] ?? PLAIN,
    }));
    legend = own.length < largest.length ? [...named, { label: words.others, css: PLAIN }] : named;
  }
  if (by === "score" && cosines?.length === rows) {
    const sorted = cosines.toSorted();
    const at = (share: number) => sorted[Math.floor(share * (rows - 1))] ?? 0;
    const [low, high] = [at(0.02), at(1)];
    palette = Array.from({ length: SHADES }, (_, i) => {
      const share = Math.round(28 + (72 * i) / (SHADES - 1));
      return `color-mix(in oklab, var(--hue) ${share}%, var(--paper))`;
    });
    for (const [row, cosine] of cosines.entries()) {
      const share = (cosine - low) / Math.max(1e-6, high - low);
      indices[row] = Math.min(SHADES - 1, Math.max(0, Math.floor(share * SHADES)));
    }
    legend = [
      { label: formatDegrees(cosineToDegrees(high)), css: palette.at(-1) ?? PLAIN },
      { label: formatDegrees(cosineToDegrees(low)), css: palette[0] ?? PLAIN },
    ];
  }
  if (chosen === null) return { indices, palette, legend };
  const inside = new Set(chosen);
  for (const row of indices.keys()) if (!inside.has(row)) indices[row] = palette.length;
  return { indices, palette: [...palette, FAINT], legend };
}
