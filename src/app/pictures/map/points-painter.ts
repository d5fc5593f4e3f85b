import type { MapView, Size } from "../../../chart/index.ts";
import { openGlPoints } from "./points-gl.ts";

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

/** Opens a painter on a canvas: on the GPU, or where the browser has no WebGL 2 by the processor. */
export function openPoints(canvas: HTMLCanvasElement): PointsPainter {
  return openGlPoints(canvas) ?? openPlainPoints(canvas);
}

/** A painter without a GPU: for small pictures of a few thousand points, and where there is nothing better. */
export function openPlainPoints(canvas: HTMLCanvasElement): PointsPainter {
  const context = canvas.getContext("2d");
  let places = new Float32Array();
  let indices = new Uint8Array();
  let palette: readonly string[] = [];
  let drawn: Drawn | null = null;
  return {
    setPlaces(next) {
      places = next.slice();
      paint();
    },
    setColours(next, colours) {
      indices = next.slice();
      palette = colours.map(
        ([r, g, b, a]) => `rgb(${Math.round(r * 255)} ${Math.round(g * 255)} ${Math.round(b * 255)} / ${a})`,
      );
      paint();
    },
    draw(view, size, pixelRatio) {
      drawn = { view, size, pixelRatio };
      paint();
    },
    close() {
      drawn = null;
    },
  };

  function paint(): void {
    if (!context || !drawn) return;
    const { view, size, pixelRatio } = drawn;
    fitCanvas(canvas, size, pixelRatio);
    context.clearRect(0, 0, canvas.width, canvas.height);
    const side = pointSize(places.length / 2, size) * pixelRatio;
    const by = view.scale * pixelRatio;
    const [left, top] = [canvas.width / 2 - view.x * by, canvas.height / 2 + view.y * by];
    for (const [colour, css] of palette.entries()) {
      context.fillStyle = css;
      context.beginPath();
      for (let i = 0; i < indices.length; i++) {
        if (indices[i] !== colour) continue;
        const [x, y] = [left + (places[i * 2] ?? 0) * by, top - (places[i * 2 + 1] ?? 0) * by];
        context.moveTo(x + side / 2, y);
        context.arc(x, y, side / 2, 0, 2 * Math.PI);
      }
      context.fill();
    }
  }
}

interface Drawn {
  readonly view: MapView;
  readonly size: Size;
  readonly pixelRatio: number;
}

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
