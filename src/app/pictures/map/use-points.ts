import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from "react";
import type { MapView, Size } from "../../../chart/index.ts";
import { coloursOf } from "../../parts/colours.ts";
import type { Colouring } from "./colouring.ts";
import { openGlPoints } from "./points-gl.ts";
import type { PointsPainter } from "./points-painter.ts";
import { openPlainPoints } from "./points-plain.ts";

const OPACITY = 0.85;

interface Points {
  /** f32[rows, 2]. */
  readonly places: Float32Array;
  readonly colouring: Colouring;
  readonly view: MapView;
  readonly size: Size;
  /** Changes when the colours of the page do. */
  readonly theme: string;
  /** Default: on the GPU where there is one. */
  readonly open?: (canvas: HTMLCanvasElement) => PointsPainter;
}

/** Opens a painter on a canvas: on the GPU, or where the browser has no WebGL 2 by the processor. */
function openPoints(canvas: HTMLCanvasElement): PointsPainter {
  return openGlPoints(canvas) ?? openPlainPoints(canvas);
}

/** Keeps points painted on a canvas; a moved view costs one draw, and nothing is handed to the GPU anew. */
export function usePoints({
  places,
  colouring,
  view,
  size,
  theme,
  open = openPoints,
}: Points): RefObject<HTMLCanvasElement | null> {
  const canvas = useRef<HTMLCanvasElement>(null);
  const painter = useRef<PointsPainter | null>(null);
  // A GPU may be taken away; its buffers are then filled anew.
  const [lives, setLives] = useState(0);
  useLayoutEffect(() => {
    const element = canvas.current;
    if (!element) return undefined;
    painter.current = open(element);
    const onLost = (event: Event): void => event.preventDefault();
    const onRestored = (): void => setLives((before) => before + 1);
    element.addEventListener("webglcontextlost", onLost);
    element.addEventListener("webglcontextrestored", onRestored);
    return () => {
      element.removeEventListener("webglcontextlost", onLost);
      element.removeEventListener("webglcontextrestored", onRestored);
      painter.current?.close();
    };
  }, [lives, open]);
  useLayoutEffect(() => painter.current?.setPlaces(places), [places, lives]);
  useLayoutEffect(() => painter.current?.draw(view, size, devicePixelRatio), [view, size, places, lives]);
  useEffect(() => {
    const paint = (): void => {
      const element = canvas.current;
      if (!element) return;
      const rgba = coloursOf(element, colouring.palette).map(
        ([r, g, b]) => [r / 255, g / 255, b / 255, OPACITY] as const,
      );
      painter.current?.setColours(colouring.indices, rgba);
    };
    // The theme reaches the style of the page in the frame after it was chosen.
    const frame = requestAnimationFrame(paint);
    const isDark = matchMedia("(prefers-color-scheme: dark)");
    isDark.addEventListener("change", paint);
    return () => {
      cancelAnimationFrame(frame);
      isDark.removeEventListener("change", paint);
    };
  }, [colouring, theme, lives]);
  return canvas;
}
