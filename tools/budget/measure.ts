import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import { gzipSync } from "node:zlib";
import { readSpecifiers } from "../layers/specifiers.ts";
import { readAppFiles } from "../serve/app-files.ts";

/** What a part of the built app weighs, by file relative to the build's folder. */
export type Weights = Readonly<Record<string, number>>;

/** A script and everything that it imports before it runs. */
function withImports(dist: string, script: string, seen = new Set<string>()): Set<string> {
  if (seen.has(script)) return seen;
  seen.add(script);
  for (const { how, value } of readSpecifiers(script, readFileSync(join(dist, script), "utf8")))
    if (how === "import") withImports(dist, posix.join(posix.dirname(script), value), seen);
  return seen;
}

function weighGzipped(dist: string, files: Iterable<string>): Weights {
  return Object.fromEntries(
    [...files].map((file) => [file, gzipSync(readFileSync(join(dist, file))).length]),
  );
}

/** Gzipped script and style that the page loads before anything shows. */
export function weighFirstScreen(dist: string): Weights {
  const html = readFileSync(join(dist, "index.html"), "utf8");
  const named = (tag: RegExp) =>
    [...html.matchAll(tag)].map((match) => (match[1] ?? "").replace(/^\.?\//, ""));
  const scripts = [
    ...named(/<script\b[^>]*\bsrc="([^"]+)"/g),
    ...named(/<link\b[^>]*\brel="modulepreload"[^>]*\bhref="([^"]+)"/g),
  ];
  const styles = named(/<link\b[^>]*\brel="stylesheet"[^>]*\bhref="([^"]+)"/g);
  if (scripts.length === 0)
    throw new Error(`${dist}/index.html loads no script: the budget would weigh nothing.`);
  return weighGzipped(
    dist,
    new Set([...scripts.flatMap((script) => [...withImports(dist, script)]), ...styles]),
  );
}

/** Gzipped script that the workers load before they answer. */
export function weighWorkers(dist: string): Weights {
  const entries = readdirSync(join(dist, "assets")).filter((name) => /\.worker-[^.]+\.js$/.test(name));
  return weighGzipped(dist, new Set(entries.flatMap((name) => [...withImports(dist, `assets/${name}`)])));
}

/** Everything that the service worker keeps for use offline before it is first asked for, as stored. */
export function weighOffline(dist: string): Weights {
  const files = Object.entries(readAppFiles(join(dist, "sw.js")).files);
  const kept = files.filter(([, { late }]) => !late);
  return Object.fromEntries(kept.map(([path]) => [path, statSync(join(dist, path)).size]));
}
