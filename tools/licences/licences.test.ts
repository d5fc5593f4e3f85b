import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { isAllowed } from "./allowed.ts";
import { folderOf, readInstalled, type Installed } from "./installed.ts";
import { formatLicences } from "./licence-page.ts";
import { refuseUnlisted } from "./licences-plugin.ts";

test.each<[string, boolean]>([
  ["MIT", true],
  ["(MIT OR GPL-3.0-or-later)", true],
  ["(BSD-3-Clause AND Apache-2.0)", true],
  ["MIT AND (GPL-2.0-only OR ISC)", true],
  ["(MIT OR ISC) AND (GPL-2.0-only OR LGPL-3.0-only)", false],
  ["GPL-3.0-only", false],
  ["SEE LICENSE IN LICENSE.md", false],
  ["UNLICENSED", false],
])("%s may be shipped: %s", (expression, allowed) => {
  expect(isAllowed(expression)).toBe(allowed);
});

test("the package of a module is the innermost folder that holds one", () => {
  expect(folderOf("/a/node_modules/react/index.js?commonjs")).toBe("/a/node_modules/react");
  expect(folderOf("\0/a/node_modules/x/node_modules/@b/c/d/e.mjs")).toBe(
    "/a/node_modules/x/node_modules/@b/c",
  );
  expect(folderOf("node_modules/@fontsource-variable/serif/files/a.woff2")).toBe(
    "node_modules/@fontsource-variable/serif",
  );
  expect(folderOf("/a/src/app/main.tsx")).toBeNull();
});

const made = (license: string, texts: readonly string[]): Installed => ({
  name: "made",
  version: "1.0.0",
  license,
  author: "A. Maker",
  home: "https://made.test",
  texts,
});

test("a package without a text of its licence gets the standard one, or is refused", () => {
  expect(formatLicences([made("MIT", [])])).toContain("Copyright (c) A. Maker");
  expect(formatLicences([made("ISC", ["Do as you like."])])).toContain("Do as you like.");
  expect(() => formatLicences([made("ISC", [])])).toThrow("made brings no text");
  expect(() => formatLicences([made("GPL-3.0-only", ["…"])])).toThrow("made (GPL-3.0-only)");
});

test("everything that is installed to be shipped is under a licence that allows it", () => {
  const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
    packages: Readonly<Record<string, { dev?: boolean; optional?: boolean }>>;
  };
  const shipped = Object.entries(packages)
    .filter(([path, { dev }]) => path !== "" && dev !== true && existsSync(path))
    .map(([path]) => readInstalled(path));
  expect(shipped.length).toBeGreaterThan(20);
  expect(
    shipped.filter(({ license }) => !isAllowed(license)).map(({ name, license }) => [name, license]),
  ).toEqual([]);
});

test("what is bundled and yet a tool by the lockfile stops a build, unless it is named", () => {
  const lock = JSON.stringify({
    packages: {
      "node_modules/react": {},
      "node_modules/vitest": { dev: true },
      "node_modules/vite": { dev: true },
      "node_modules/old-name": { name: "@new/name" },
      "node_modules/a/node_modules/b": {},
    },
  });
  const named = (...names: readonly string[]) => names.map((name) => ({ name }));
  expect(() => refuseUnlisted(named("react", "vite", "@new/name", "b"), lock)).not.toThrow();
  expect(() => refuseUnlisted(named("react", "vitest", "nobody"), lock)).toThrow("vitest, nobody. Make");
});
