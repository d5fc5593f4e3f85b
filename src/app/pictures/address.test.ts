import { expect, test } from "vitest";
import { formatPicture, parsePicture } from "./address.ts";

test("an address says which picture is shown and where the task's own arm stands", () => {
  const address = formatPicture({ picture: "six-way", cuts: { qa: 41.26, icl: 30 } }, "qa");
  expect(address).toBe("&picture=six-way&cut=41.3");
  expect(parsePicture(`?task=qa${address}`)).toEqual({ picture: "six-way", cut: 41.3 });
});

test("what is usual is left out, and what is unknown is as usual", () => {
  expect(formatPicture({ picture: "limb", cuts: { icl: 30 } }, "qa")).toBe("");
  for (const search of ["", "?picture=moon&cut=left", "?cut=999", "?cut=-3"])
    expect(parsePicture(search)).toEqual({ picture: "limb", cut: null });
});
