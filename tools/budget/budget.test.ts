import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { listAppFiles, writeAppFiles } from "../serve/app-files.ts";
import { weighFirstScreen, weighOffline, weighWorkers } from "./measure.ts";

let dist: string;
const write = (file: string, text: string) => writeFileSync(join(dist, file), text);

beforeEach(() => {
  dist = mkdtempSync(join(tmpdir(), "sextant-budget-"));
  mkdirSync(join(dist, "assets"));
  write("assets/app-1.js", 'import { a } from "./shared-1.js"; a(); import("./later-1.js");');
  write("assets/shared-1.js", "export const a = () => 1;");
  write("assets/later-1.js", "export {};");
  write("assets/app-1.css", "p { margin: 0 }");
  write("assets/engine.worker-1.js", 'import "./shared-1.js";');
});

afterEach(() => rmSync(dist, { recursive: true }));

test("the first screen is what the page names and what that imports, each file once, later parts left out", () => {
  write(
    "index.html",
    '<script type="module" crossorigin src="/assets/app-1.js"></script>' +
      '<link rel="modulepreload" crossorigin href="/assets/shared-1.js"><link rel="stylesheet" href="/assets/app-1.css">',
  );
  const weights = weighFirstScreen(dist);
  expect(Object.keys(weights).sort()).toEqual(["assets/app-1.css", "assets/app-1.js", "assets/shared-1.js"]);
  expect(Math.min(...Object.values(weights))).toBeGreaterThan(0);
  expect(Object.keys(weighWorkers(dist)).sort()).toEqual(["assets/engine.worker-1.js", "assets/shared-1.js"]);
});

test("a build without scripts or without a service worker's list is an error, not a weight of nothing", () => {
  write("index.html", "<h1>Sextant</h1>");
  write("sw.js", "");
  expect(() => weighFirstScreen(dist)).toThrow("loads no script");
  expect(() => weighOffline(dist)).toThrow("keeps nothing");
});

test("what is kept offline is weighed as stored", () => {
  write("sw.js", "program();");
  writeAppFiles(join(dist, "sw.js"), listAppFiles(dist));
  const weights = weighOffline(dist);
  expect(Object.keys(weights)).toHaveLength(5);
  expect(weights).toMatchObject({ "assets/app-1.css": 15, "assets/later-1.js": 10 });
});
