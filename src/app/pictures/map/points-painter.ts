import type { MapView, Size } from "../../../chart/index.ts";

/** Red, green, blue and opacity, each 0 to 1. */
export type Rgba = readonly [number, number, number, number];

/** Points on a canvas. */
export interface PointsPainter {
  /** Shape: places f32[points, 2]. */
  setPlaces(places: Float32Array): void;
  /** One of the palette's colours a point; of more than 16 the rest is not known. */
  setColours(indices: Uint8Array, palette: readonly Rgba[]): void;
  /** Draws a part of the map, and the same part again when places or colours are set. */
  draw(view: MapView, size: Size, pixelRatio: number): void;
  close(): void;
}

export const MOST_COLOURS = 16;

/** The more points, the smaller each, and smaller in a small field. Units: pixels. */
export function pointSize(points: number, { width }: Size): number {
  const share = Math.min(1, Math.max(0.5, width / 560));
  return share * Math.max(2, Math.min(8, 160 / Math.sqrt(Math.max(1, points))));
}

/** A canvas forgets what is on it whenever its size is set, and takes time for it. */
export function fitCanvas(canvas: HTMLCanvasElement, { width, height }: Size, pixelRatio: number): void {
  const [wide, high] = [Math.round(width * pixelRatio), Math.round(height * pixelRatio)];
  if (canvas.width !== wide) canvas.width = wide;
  if (canvas.height !== high) canvas.height = high;
}
