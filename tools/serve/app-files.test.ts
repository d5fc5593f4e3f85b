import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { listAppFiles, readAppFiles, writeAppFiles } from "./app-files.ts";

let dist: string;
const write = (path: string, text: string) => writeFileSync(join(dist, path), text);
beforeEach(() => {
  dist = mkdtempSync(join(tmpdir(), "sextant-files-"));
  mkdirSync(join(dist, "assets/cmaps"), { recursive: true });
  write("index.html", "<h1>");
  write("_headers", "");
  write("assets/app-1.js", "1");
  write("assets/cmaps/a.bcmap", "");
  write("assets/ort-wasm-simd-threaded.asyncify-1.wasm", "");
  write("assets/sqlite3-worker1-1.js", "");
  write("sw.js", "program();\nmore();");
});
afterEach(() => rmSync(dist, { recursive: true }));

test("a build's list has what a visit needs, and what few need for later", () => {
  const { files, exceptions, headers } = listAppFiles(dist);
  expect(Object.entries(files).map(([path, { late }]) => [path, late ?? false])).toEqual([
    ["assets/app-1.js", false],
    ["assets/cmaps/a.bcmap", true],
    ["assets/ort-wasm-simd-threaded.asyncify-1.wasm", true],
    ["index.html", false],
  ]);
  expect(files["assets/app-1.js"]?.digest).toBe("a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s=");
  expect(exceptions.map(({ start }) => start)).toEqual(["assets/engine.worker-"]);
  expect(headers).toHaveProperty("Cross-Origin-Embedder-Policy");
});

test("the list stands in front of the program, once, and another content is another build", () => {
  const script = join(dist, "sw.js");
  const first = listAppFiles(dist);
  writeAppFiles(script, first);
  write("assets/app-1.js", "2");
  writeAppFiles(script, listAppFiles(dist));
  expect(readAppFiles(script).build).not.toBe(first.build);
  expect(readFileSync(script, "utf8")).toMatch(/^self\.APP_FILES=\{[^\n]+\};\nprogram\(\);\nmore\(\);$/);
});

interface Manifest {
  readonly id: string;
  readonly scope: string;
  readonly start_url: string;
  readonly icons: readonly { readonly src: string; readonly sizes: string; readonly purpose?: string }[];
}

test("the manifest names one app with icons of the sizes that it says, one of them to be cut by the system", () => {
  const served = new URL("../../public/", import.meta.url);
  const manifest = JSON.parse(readFileSync(new URL("manifest.webmanifest", served), "utf8")) as Manifest;
  expect(manifest).toMatchObject({ id: "./", scope: "./", start_url: "./", display: "standalone" });
  const sizes = manifest.icons.map(({ src, sizes: said }) => {
    if (src.endsWith(".svg")) return said;
    const png = readFileSync(new URL(src, served));
    const actual = `${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`;
    expect(actual, src).toBe(said);
    return actual;
  });
  expect(sizes).toEqual(expect.arrayContaining(["192x192", "512x512"]));
  expect(manifest.icons.some(({ purpose }) => purpose?.includes("maskable"))).toBe(true);
});
