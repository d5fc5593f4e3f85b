import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { TASK_IDS } from "../contract/index.ts";
import { GROUNDS, TASK_HUES, type Theme } from "./palette.ts";

type Colour = readonly [number, number, number];

// Machado, Oliveira and Fernandes 2009, table 1, severity 1.0; applied to linear sRGB.
const SIGHT = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
} as const;

const linear = (hex: string): Colour => {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
};

const luminance = ([r, g, b]: Colour) => 0.2126 * r + 0.7152 * g + 0.0722 * b;

const contrast = (one: string, other: string) => {
  const [low, high] = [luminance(linear(one)), luminance(linear(other))].sort((a, b) => a - b);
  return (high! + 0.05) / (low! + 0.05);
};

const seen = ([r, g, b]: Colour, m: readonly number[]): Colour => {
  const row = (at: number) => Math.min(1, Math.max(0, m[at]! * r + m[at + 1]! * g + m[at + 2]! * b));
  return [row(0), row(3), row(6)];
};

const oklab = ([r, g, b]: Colour): Colour => {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
};

const THEMES: readonly Theme[] = ["day", "night"];

test.each(THEMES)("by %s, every hue can be read on every ground", (theme) => {
  for (const hue of Object.values(TASK_HUES[theme]))
    for (const ground of Object.values(GROUNDS[theme]))
      expect(contrast(hue, ground), `${hue} on ${ground}`).toBeGreaterThanOrEqual(4.5);
});

test.each(THEMES)("by %s, any two hues differ for every kind of sight", (theme) => {
  const hues = Object.values(TASK_HUES[theme]);
  for (const [sight, matrix] of Object.entries(SIGHT)) {
    const labs = hues.map((hue) => oklab(seen(linear(hue), matrix)));
    for (const [i, one] of labs.entries())
      for (const [j, other] of labs.slice(0, i).entries()) {
        const apart = Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
        expect(apart, `${hues[i]} and ${hues[j]}, ${sight}`).toBeGreaterThanOrEqual(0.075);
      }
  }
});

test("the stylesheet and the design page say the same colours", () => {
  const css = readFileSync(new URL("../app/style/colour.css", import.meta.url), "utf8");
  const page = readFileSync(new URL("../../docs/design.md", import.meta.url), "utf8");
  for (const theme of THEMES)
    for (const task of TASK_IDS) {
      expect(css).toContain(`--${task}-${theme}: ${TASK_HUES[theme][task]};`);
      expect(page).toContain(`\`${TASK_HUES[theme][task]}\``);
    }
  for (const theme of THEMES)
    for (const [name, value] of Object.entries(GROUNDS[theme]))
      expect(css).toContain(`--${name}-${theme}: ${value};`);
});
