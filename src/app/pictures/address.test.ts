import { expect, test } from "vitest";
import type { MapPicture } from "../state/pictures.ts";
import { formatPicture, parsePicture } from "./address.ts";

const MAP: MapPicture = { spec: { colour: "source" }, state: { seen: {} } };
const USUAL = { spec: { picture: "limb", colour: "source" }, state: { cut: null, seen: null } };

test("an address says which picture is shown and where the task's own arm stands", () => {
  const address = formatPicture({ picture: "six-way", cuts: { qa: 41.26, icl: 30 }, map: MAP }, "qa");
  expect(address).toBe("&picture=six-way&cut=41.3");
  expect(parsePicture(`?task=qa${address}`)).toEqual({
    spec: { ...USUAL.spec, picture: "six-way" },
    state: { ...USUAL.state, cut: 41.3 },
  });
});

test("an address of the map says what it is coloured by and which part is looked at", () => {
  const seen = { x: -1.25, y: 3, zoom: 4.5 };
  const map: MapPicture = { spec: { colour: "date" }, state: { seen: { qa: seen } } };
  const address = formatPicture({ picture: "map", cuts: {}, map }, "qa");
  expect(parsePicture(`?task=qa${address}`)).toEqual({
    spec: { picture: "map", colour: "date" },
    state: { cut: null, seen },
  });
  expect(formatPicture({ picture: "map", cuts: {}, map }, "icl")).toBe("&picture=map&colour=date");
  expect(formatPicture({ picture: "limb", cuts: {}, map }, "qa")).toBe("");
});

test("what is usual is left out, and what is unknown is as usual", () => {
  expect(formatPicture({ picture: "limb", cuts: { icl: 30 }, map: MAP }, "qa")).toBe("");
  for (const search of [
    "",
    "?picture=moon&cut=left",
    "?cut=999",
    "?cut=-3",
    "?colour=x&seen=1_2_3",
    "?seen=1.00_2.00_0.00",
  ])
    expect(parsePicture(search)).toEqual(USUAL);
});
