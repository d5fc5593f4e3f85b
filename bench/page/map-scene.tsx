import { createElement, useState } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import type { MapMoves, MapTimes } from "../map/bench.ts";
import { MapScene } from "../../src/app/pictures/map/MapScene.tsx";
import { createRng } from "../../src/base/rng.ts";
import {
  pickPoint,
  pointsInside,
  pointTowards,
  regionsOf,
  toMap,
  viewOfAll,
  zoomAt,
  type MapView,
} from "../../src/chart/index.ts";

const SIZE = { width: 1100, height: 560 };
const CLUMPS = 40;
const LABELS = 24;
const HITS = 10;

/** Points in clumps of unlike size, as a drawing of neighbours leaves them. Shape: f32[points, 2]. */
function drawPlaces(points: number, seed: number): Float32Array {
  const rng = createRng(seed);
  const bell = () => rng() + rng() + rng() - 1.5;
  const middles = Array.from({ length: CLUMPS }, () => ({ x: rng() * 20, y: rng() * 10, wide: 0.2 + rng() }));
  const places = new Float32Array(points * 2);
  for (let i = 0; i < points; i++) {
    const clump = middles[Math.floor(rng() ** 2 * CLUMPS)];
    places[i * 2] = (clump?.x ?? 0) + bell() * (clump?.wide ?? 1);
    places[i * 2 + 1] = (clump?.y ?? 0) + bell() * (clump?.wide ?? 1);
  }
  return places;
}

/** Pans and zooms the app's own map frame by frame, and times what this thread does for each. */
export async function measureMap({ points, frames, seed }: MapMoves): Promise<MapTimes> {
  const places = drawPlaces(points, seed);
  const whole = viewOfAll(places, SIZE);
  const found = timed(() => regionsOf(places, LABELS));
  const colouring = {
    indices: Uint8Array.from({ length: points }, (_, i) => i % 6),
    palette: ["#2f38cb", "#097670", "#8a240c", "#93279a", "#766501", "#1e553f"],
    legend: [],
  };
  const labels = found.result.regions.map(({ x, y }, i) => ({
    x,
    y,
    name: `region · ${i}`,
    isChosen: false,
  }));
  const marks = Array.from({ length: HITS }, (_, rank) => ({ rank, row: rank * 97, isSelected: rank === 0 }));
  let move: (view: MapView, pointed: number) => void = () => undefined;
  function Scene() {
    const [{ view, pointed }, setSeen] = useState({ view: whole, pointed: -1 });
    move = (next, row) => flushSync(() => setSeen({ view: next, pointed: row }));
    return createElement(MapScene, {
      places,
      colouring,
      size: SIZE,
      view,
      theme: "day",
      marks,
      labels,
      pointed,
      near: pointed < 0 ? [] : [pointed + 1, pointed + 2, pointed + 3],
      line: [],
      onMark: () => undefined,
      onLabel: () => undefined,
    });
  }
  const field = document.createElement("div");
  field.style.cssText = `position: relative; inline-size: ${SIZE.width}px; block-size: ${SIZE.height}px`;
  document.body.replaceChildren(field);
  createRoot(field).render(createElement(Scene));
  for (let i = 0; i < 10; i++) await nextFrame();

  const ownMs: number[] = [];
  const pickMs: number[] = [];
  const times: number[] = [];
  let [view, wrong] = [whole, 0];
  for (let frame = 0; frame <= frames; frame++) {
    times.push(await nextFrame());
    const at = {
      x: SIZE.width * (0.5 + 0.4 * Math.sin(frame / 17)),
      y: SIZE.height * (0.5 + 0.4 * Math.cos(frame / 11)),
    };
    const picked = timed(() => pickPoint(places, toMap(view, SIZE, at), 12 / view.scale));
    pickMs.push(picked.ms);
    view =
      frame % 2 === 0
        ? zoomAt(view, SIZE, at, frame % 120 < 60 ? 1.05 : 1 / 1.05)
        : { ...view, x: view.x + (frame % 60 < 30 ? 8 : -8) / view.scale };
    ownMs.push(picked.ms + timed(() => move(view, picked.result)).ms);
    if (picked.result >= 0 && field.querySelectorAll(".map-near path").length !== 3) wrong++;
  }
  move(whole, -1);
  await nextFrame();
  const line = Array.from({ length: 200 }, (_, i) => ({
    x: whole.x + 4 * Math.cos((i * Math.PI) / 100),
    y: whole.y + 3 * Math.sin((i * Math.PI) / 100),
  }));
  const canvas = field.querySelector("canvas");
  return {
    adapter: adapterOf(canvas),
    hasPainted: canvas !== null && hasInk(canvas),
    wrong,
    seconds: ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000,
    frames,
    ownMs,
    pickMs,
    regionsMs: found.ms,
    regions: found.result.regions.length,
    lassoMs: timed(() => pointsInside(places, line)).ms,
    stepMs: timed(() => pointTowards(places, 0, { x: 1, y: 0 })).ms,
  };
}

const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));

function timed<T>(work: () => T): { readonly result: T; readonly ms: number } {
  const start = performance.now();
  const result = work();
  return { result, ms: performance.now() - start };
}

function adapterOf(canvas: HTMLCanvasElement | null): string {
  const gl = canvas?.getContext("webgl2");
  const told = gl?.getExtension("WEBGL_debug_renderer_info");
  return gl && told ? String(gl.getParameter(told.UNMASKED_RENDERER_WEBGL)) : "no WebGL 2";
}

/** Whether points were really drawn, by the picture itself. */
function hasInk(canvas: HTMLCanvasElement): boolean {
  const copy = document.createElement("canvas");
  [copy.width, copy.height] = [canvas.width, canvas.height];
  const context = copy.getContext("2d");
  context?.drawImage(canvas, 0, 0);
  return context?.getImageData(0, 0, copy.width, copy.height).data.some((value) => value > 0) ?? false;
}
