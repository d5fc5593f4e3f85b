import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";
import type * as Playwright from "@playwright/test";

/** A busy machine takes its time. */
const PATIENCE_MS = 60_000;

const USUAL_PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/google-chrome",
  "/opt/google/chrome/chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
  join(homedir(), "AppData\\Local\\Google\\Chrome\\Application\\chrome.exe"),
];

/** Where Playwright (a slow import, so only when it is asked) keeps its own full Chromium (never the headless shell, which has no WebGPU), installed or not. */
function placeOfPlaywrights(): string {
  const playwright = createRequire(import.meta.url)("@playwright/test") as typeof Playwright;
  return playwright.chromium.executablePath();
}

/** What is wrong with a browser: it is not there, or it does not start (a stub that asks for a package, a missing library). */
export function faultOf(path: string): string | null {
  if (!existsSync(path)) return "is not there";
  // Chrome for Windows does not print its version, it opens a window.
  if (process.platform === "win32") return null;
  const { status, stdout, stderr, error } = spawnSync(path, ["--version"], {
    encoding: "utf8",
    timeout: PATIENCE_MS,
  });
  if (status === 0 && /\d+\.\d+/.test(stdout)) return null;
  const said = stderr?.trim().split("\n").at(-1);
  return `does not start (${said || error?.message || `it ended with ${status}`})`;
}

/** The first of these that starts; one that is there and does not is said and passed over. */
export function firstThatStarts(places: readonly string[]): string | null {
  for (const path of places) {
    if (!existsSync(path)) continue;
    const fault = faultOf(path);
    if (fault === null) return path;
    process.stderr.write(`SKIPPED: the browser ${path} ${fault}\n`);
  }
  return null;
}

let found: string | null | undefined;

/**
 * Path of a full Chromium or Chrome: `$CHROMIUM`, whatever that is, the usual places, Playwright's own; null when none
 * starts. Looked for once in a process until there is one.
 */
export function findChromium(): string | null {
  const named = process.env["CHROMIUM"];
  if (named) return named;
  return (found ??= firstThatStarts(USUAL_PLACES) ?? firstThatStarts([placeOfPlaywrights()]));
}

/** Software WebGPU where there is no GPU; without a sandbox, since root in a container has none. */
export const CHROMIUM_ARGS = ["--no-sandbox", "--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader"];
