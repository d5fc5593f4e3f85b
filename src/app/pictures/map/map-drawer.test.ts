import { expect, test } from "vitest";
import { floatToHalf } from "../../../base/half.ts";
import { createRng } from "../../../base/rng.ts";
import type { StoredVectors } from "../../../contract/index.ts";
import { createMapDrawer } from "./map-drawer.ts";
import type { MapTold } from "./messages.ts";

const DIM = 8;
const ROWS = 60;

/** Two groups of rows, by turns. */
function stored(): StoredVectors {
  const rng = createRng(3);
  const values = Array.from({ length: ROWS * DIM }, (_, i) => {
    const [row, d] = [Math.floor(i / DIM), i % DIM];
    return floatToHalf((d === row % 2 ? 1 : 0) + (rng() - 0.5) * 0.1);
  });
  const ids = Int32Array.from({ length: ROWS }, (_, row) => row);
  return {
    rows: ROWS,
    dim: DIM,
    vectors: Uint16Array.from(values),
    passageIds: ids,
    sourceIds: ids,
    ordinals: ids,
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
