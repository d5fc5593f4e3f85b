import type { MapView, Size } from "../../../chart/index.ts";
import { fitCanvas, pointSize, type PointsPainter } from "./points-painter.ts";

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
    const points = Math.min(indices.length, places.length / 2);
    for (const [colour, css] of palette.entries()) {
      context.fillStyle = css;
      context.beginPath();
      for (let i = 0; i < points; i++) {
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
