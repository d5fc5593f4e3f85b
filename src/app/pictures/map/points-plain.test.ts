import { expect, test } from "vitest";
import { openPlainPoints } from "./points-plain.ts";

test("points whose place has not come yet are not painted", () => {
  const painted: number[] = [];
  const context = {
    clearRect() {},
    beginPath() {},
    moveTo() {},
    fill() {},
    arc: (x: number) => painted.push(x),
  };
  const canvas = { width: 0, height: 0, getContext: () => context } as unknown as Parameters<
    typeof openPlainPoints
  >[0];
  const painter = openPlainPoints(canvas);
  painter.setColours(new Uint8Array(3), [[0, 0, 0, 1]]);
  painter.setPlaces(Float32Array.of(0, 0, 5, 0));
  painter.draw({ x: 0, y: 0, scale: 1 }, { width: 20, height: 20 }, 1);
  expect(painted).toEqual([10, 15]);
  painted.length = 0;
  painter.setPlaces(Float32Array.of(0, 0, 1, 0, 2, 0, 3, 0));
  expect(painted).toEqual([10, 11, 12]);
});
