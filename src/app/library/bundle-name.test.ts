import { expect, test } from "vitest";
import { bundleName, isBundleName } from "./bundle-name.ts";

test("a bundle is named after what is in it and the day, in letters that a file can have", () => {
  const day = new Date("2026-11-21T10:00:00Z");
  expect(bundleName("Guides", day)).toBe("Guides 2026-11-21.sextant.zip");
  expect(bundleName('a/b\\c: "第一"?\n', day)).toBe("a b c 第一 2026-11-21.sextant.zip");
  expect(bundleName("///", day)).toBe("sextant 2026-11-21.sextant.zip");
  expect(isBundleName(bundleName("x", day))).toBe(true);
  expect(isBundleName("notes.zip")).toBe(false);
});
