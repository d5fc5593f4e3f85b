import { expect, test } from "vitest";
import { createRng } from "../../base/rng.ts";
import { distinctiveWords } from "./distinctive-words.ts";
import { placeMapLabels, type MapLabel } from "./map-labels.ts";
import { regionsOf } from "./regions.ts";

/** Points around each middle, as many as it says, and a few that stand alone. */
function crowds(middles: readonly (readonly [x: number, y: number, count: number])[]): Float32Array {
  const rng = createRng(11);
  const bell = () => rng() + rng() + rng() - 1.5;
  return Float32Array.from(
    middles.flatMap(([x, y, count]) => Array.from({ length: count }, () => [x + bell(), y + bell()]).flat()),
  );
}

test("crowds are told apart, the largest first, and stand where they are densest", () => {
  const middles = [
    [0, 0, 90],
    [10, 1, 200],
    [3, 9, 60],
  ] as const;
  const { regions, of } = regionsOf(crowds(middles), 20);
  expect(regions.map(({ count }) => count)).toEqual([200, 90, 60]);
  expect(Math.hypot(regions[0]!.x - 10, regions[0]!.y - 1)).toBeLessThan(1);
  expect([of[0], of[100], of[300]]).toEqual([1, 0, 2]);
});

test("one crowd is one region; what is too little for one, or beyond the most, is none", () => {
  expect(regionsOf(crowds([[0, 0, 300]]), 9).regions).toHaveLength(1);
  expect(regionsOf(new Float32Array(), 9)).toEqual({ regions: [], of: new Int16Array() });
  expect(regionsOf(crowds([[0, 0, 3]]), 9).regions).toEqual([]);
  const { regions, of } = regionsOf(
    crowds([
      [0, 0, 50],
      [9, 9, 40],
    ]),
    1,
  );
  expect(regions).toHaveLength(1);
  expect(of[60]).toBe(-1);
});

test("a group is named by what sets it apart, in any writing", () => {
  const sea = ["The sextant measures the angle", "The sextant and its mirrors", "the sextants of the navy"];
  const tea = ["The tea is green", "Boil the tea with water", "the tea and its leaves"];
  const chinese = ["六分仪测量角度", "六分仪有镜子"];
  const [first, second, third] = distinctiveWords([sea, tea, chinese], 2);
  expect(first![0]).toBe("sextant");
  expect(first).not.toContain("sextants");
  expect(second![0]).toBe("tea");
  expect(first!.concat(second!)).not.toContain("the");
  expect(third!.length).toBeGreaterThan(0);
  const same = ["the same words", "here as there"];
  expect(distinctiveWords([same, same], 3)).toEqual([[], []]);
  expect(distinctiveWords([sea], 3), "alone it is set apart from nothing").toEqual([[]]);
});

test("labels never cover each other or what is taken, and never leave the field", () => {
  const rng = createRng(4);
  const size = { width: 600, height: 400 };
  for (let round = 0; round < 10; round++) {
    const label = (): MapLabel => ({
      x: rng() * 600,
      y: rng() * 400,
      width: 20 + rng() * 90,
      height: 16,
    });
    const [labels, taken] = [Array.from({ length: 40 }, label), Array.from({ length: 6 }, label)];
    const placed = placeMapLabels(labels, size, taken);
    const boxes = labels.flatMap((one, i) => (placed[i] ? [{ ...one, ...placed[i] }] : []));
    expect(boxes.length).toBeGreaterThan(8);
    for (const [i, a] of boxes.entries()) {
      expect(Math.abs(a.x - 300) + a.width / 2).toBeLessThanOrEqual(300);
      expect([...boxes.slice(0, i), ...taken].filter((b) => covers(a, b))).toEqual([]);
    }
  }
  const [alone] = placeMapLabels([{ x: 300, y: 200, width: 50, height: 16 }], size);
  expect(alone).toEqual({ x: 300, y: 200 });
});

const covers = (a: MapLabel, b: MapLabel): boolean =>
  Math.abs(a.x - b.x) < (a.width + b.width) / 2 && Math.abs(a.y - b.y) < (a.height + b.height) / 2;
