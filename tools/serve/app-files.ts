import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AppFile, AppFiles } from "../../src/offline/index.ts";
import { ENGINE_POLICY, ENGINE_SCRIPT, EVERYWHERE, PAGE_POLICY } from "./headers.ts";

/** What a visit may need without a network. */
const KEPT = [
  /^index\.html$/,
  /^manifest\.webmanifest$/,
  /^icons\//,
  /^assets\/.*\.(js|mjs|css|wasm|woff2)$/,
  /^models\/mini\//,
  /^samples\//,
  /^THIRD-PARTY-LICENSES\.txt$/,
];

/** Kept from the first use on: what browsers without JSPI need (27 MB), and character maps that few PDFs name. */
const LATE = [/^assets\/ort-wasm-simd-threaded\.asyncify/, /^assets\/cmaps\/.*\.bcmap$/];

/** A worker of SQLite's that nobody starts. */
const NEVER = [/^assets\/sqlite3-worker1/];

const isOne = (rules: readonly RegExp[], path: string) => rules.some((rule) => rule.test(path));

/** Lists what the service worker keeps of a build. */
export function listAppFiles(dist: string): AppFiles {
  const paths = readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(dist, "/").length).replaceAll("\\", "/"))
    .filter((path) => (isOne(KEPT, path) || isOne(LATE, path)) && !isOne(NEVER, path))
    .sort();
  const files: Record<string, AppFile> = {};
  for (const path of paths) {
    const digest = createHash("sha256")
      .update(readFileSync(join(dist, path)))
      .digest("base64");
    files[path] = isOne(LATE, path) ? { digest, late: true } : { digest };
  }
  const rest = {
    headers: EVERYWHERE,
    policy: PAGE_POLICY,
    exceptions: [{ start: ENGINE_SCRIPT.slice(1), policy: ENGINE_POLICY }],
  };
  const build = createHash("sha256")
    .update(JSON.stringify({ files, ...rest }))
    .digest("hex")
    .slice(0, 16);
  return { build, files, ...rest };
}

const NAME = "self.APP_FILES=";

/** Writes a list in front of the service worker's program, or in place of the list that is there. */
export function writeAppFiles(script: string, app: AppFiles): void {
  const [first = "", ...lines] = readFileSync(script, "utf8").split("\n");
  const program = first.startsWith(NAME) ? lines.join("\n") : [first, ...lines].join("\n");
  writeFileSync(script, `${NAME}${JSON.stringify(app)};\n${program}`);
}

/** The list in front of a built service worker. */
export function readAppFiles(script: string): AppFiles {
  const [first = ""] = readFileSync(script, "utf8").split("\n", 1);
  if (!first.startsWith(NAME)) throw new Error(`${script} keeps nothing: the app would not work offline.`);
  return JSON.parse(first.slice(NAME.length, -1)) as AppFiles;
}
