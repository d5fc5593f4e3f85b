import { expect, onTestFinished, test, vi } from "vitest";
import { floatToHalf } from "../../../base/half.ts";
import { createRng } from "../../../base/rng.ts";
import type { StoredVectors } from "../../../contract/index.ts";
import { createMapDrawer } from "./map-drawer.ts";
import type { MapTold } from "./messages.ts";

const DIM = 8;
const ROWS = 60;

/** Two groups of rows, by turns. */
function stored(from = 0): StoredVectors {
  const rng = createRng(3);
  const values = Array.from({ length: ROWS * DIM }, (_, i) => {
    const [row, d] = [Math.floor(i / DIM), i % DIM];
    return floatToHalf((d === row % 2 ? 1 : 0) + (rng() - 0.5) * 0.1);
  });
  const ids = Int32Array.from({ length: ROWS }, (_, row) => row);
  const rows = ROWS - from;
  const own = ids.subarray(from);
  return {
    rows,
    dim: DIM,
    vectors: Uint16Array.from(values).subarray(from * DIM),
    passageIds: own,
    sourceIds: own,
    ordinals: own,
  };
}

async function drawn(then: (draw: ReturnType<typeof createMapDrawer>) => Promise<void>) {
  const told: MapTold[] = [];
  const drawer = createMapDrawer((one) => void told.push(one));
  await drawer.take({ ask: "open", stored: stored() });
  await then(drawer);
  return told;
}

test("the axes are there at once, then neighbours are drawn together, with how far it is", async () => {
  const told = await drawn((drawer) => drawer.take({ ask: "draw", key: "a" }));
  const places = told.filter((one) => one.told === "places");
  expect(places.map(({ how }) => how)).toEqual(["axes", ...Array<string>(40).fill("neighbours")]);
  expect(places.every((one) => one.places.length === ROWS * 2 && one.places.every(Number.isFinite))).toBe(
    true,
  );
  expect([places[1]?.done, places.at(-1)?.done]).toEqual([0.025, 1]);
  const again = await drawn((drawer) => drawer.take({ ask: "draw", key: "b" }));
  expect(again.findLast((one) => one.told === "places")).toEqual(places.at(-1));
});

test("a settled map tells its regions and what to name them by, and names them by what sets them apart", async () => {
  const told = await drawn(async (drawer) => {
    await drawer.take({ ask: "draw", key: "a" });
    await drawer.take({ ask: "name", texts: [["tea is green"], ["a sea of ships"]] });
  });
  const { regions, of, samples } = told.find((one) => one.told === "regions")!;
  expect(regions.length).toBeGreaterThanOrEqual(2);
  expect(samples).toHaveLength(regions.length);
  for (const [region, rows] of samples.entries())
    expect(new Set(rows.map((row) => of[row]))).toEqual(new Set([region]));
  expect(new Set(samples[0]!.map((row) => row % 2)).size).toBe(1);
  expect(told.find((one) => one.told === "names")!.names).toEqual([
    expect.stringContaining("tea"),
    expect.stringContaining("sea"),
  ]);
});

test("each row is told under which query it stands best, whatever angle a query has to everything", async () => {
  const axis = (d: number, offset: number) =>
    Float32Array.from({ length: DIM }, (_, i) => (i === d ? 1 : 0) + offset);
  const told = await drawn((drawer) => drawer.take({ ask: "ways", queries: [axis(0, 0), axis(1, 4)] }));
  const { best } = told.find((one) => one.told === "ways")!;
  expect([...best].every((way, row) => way === row % 2)).toBe(true);
});

test("of several rows pointed at in haste only the last one's neighbours are looked for", async () => {
  const told = await drawn(async (drawer) => {
    await Promise.all([4, 6, 8].map((row) => drawer.take({ ask: "near", row, count: 3 })));
  });
  expect(told.flatMap((one) => (one.told === "near" ? [one.row] : []))).toEqual([8]);
});

test("what was drawn stays where it was when passages come and go, and new ones stand among their like", async () => {
  const shelf = new Map<string, Response>();
  const cache = {
    match: async (name: string) => Promise.resolve(shelf.get(name)?.clone()),
    put: async (name: string, body: Response) => Promise.resolve(void shelf.set(name, body)),
  };
  vi.stubGlobal("caches", { open: async () => Promise.resolve(cache) });
  onTestFinished(() => void vi.unstubAllGlobals());
  const settled = async (from: number, anew = false) => {
    const told: MapTold[] = [];
    const drawer = createMapDrawer((one) => void told.push(one));
    await drawer.take({ ask: "open", stored: stored(from) });
    await drawer.take({ ask: "draw", key: "a", anew });
    const places = told.filter((one) => one.told === "places");
    return { turns: places.length - 1, places: places.at(-1)!.places };
  };
  const first = await settled(10);
  expect(first.turns).toBe(40);
  const second = await settled(0);
  expect(second.turns).toBe(1);
  expect(second.places.subarray(20)).toEqual(first.places);
  const distance = (a: number, b: number): number =>
    Math.hypot(
      second.places[a * 2]! - second.places[b * 2]!,
      second.places[a * 2 + 1]! - second.places[b * 2 + 1]!,
    );
  const toGroup = (row: number, group: number) =>
    Math.min(...Array.from({ length: 20 }, (_, i) => distance(row, 12 + 2 * i + group)));
  for (let row = 0; row < 10; row++) expect(toGroup(row, row % 2)).toBeLessThan(toGroup(row, 1 - (row % 2)));
  expect((await settled(20)).places).toEqual(second.places.slice(40));
  expect((await settled(20, true)).turns).toBe(40);
});

test("a drawing that is stopped tells no more", async () => {
  const told = await drawn(async (drawer) => {
    const drawing = drawer.take({ ask: "draw", key: "a" });
    await drawer.take({ ask: "stop" });
    await drawing;
  });
  const places = told.filter((one) => one.told === "places");
  expect(places.filter(({ done }) => done === 1)).toEqual([]);
  expect(places.at(-1)!.isMoving).toBe(false);
  expect(told.at(-1)!.told).toBe("regions");
});

test("the nearest of a row are of its group, and a query is compared with everything", async () => {
  const query = Float32Array.from({ length: DIM }, (_, d) => (d === 1 ? 1 : 0));
  const told = await drawn(async (drawer) => {
    await drawer.take({ ask: "near", row: 4, count: 5 });
    await drawer.take({ ask: "score", query });
  });
  const near = told.find((one) => one.told === "near")!;
  expect(near.rows).toHaveLength(5);
  expect(near.rows.every((row) => row % 2 === 0 && row !== 4)).toBe(true);
  const { cosines } = told.find((one) => one.told === "scores")!;
  const odd = cosines.filter((_, row) => row % 2 === 1);
  expect(Math.min(...odd)).toBeGreaterThan(Math.max(...cosines.filter((_, row) => row % 2 === 0)));
});
