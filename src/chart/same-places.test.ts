import { expect, test } from "vitest";
import { samePlaces } from "./same-places.ts";

const place = (id: number, start: number, end: number, source = "a") => ({ id, source, start, end });

test("a passage of another cut is the one that it shares most with, in the same text only", () => {
  const own = [place(1, 0, 100), place(2, 100, 200), place(3, 0, 100, "b")];
  expect(samePlaces(own, [place(8, 90, 190), place(9, 0, 50)])).toEqual([2, 1]);
  expect(samePlaces(own, [place(8, 0, 100, "c")])).toEqual([-1]);
});

test("what shares less than half of the shorter one has no counterpart, and none is taken twice", () => {
  const own = [place(1, 0, 100)];
  expect(samePlaces(own, [place(7, 60, 160)])).toEqual([-1]);
  expect(samePlaces(own, [place(7, 0, 40), place(8, 40, 100)])).toEqual([1, -2]);
});
