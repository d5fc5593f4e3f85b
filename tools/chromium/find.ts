import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";
import type * as Playwright from "@playwright/test";

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

/** Path of a full Chromium or Chrome: `$CHROMIUM`, the usual places, Playwright's own; null when there is none. */
export function findChromium(): string | null {
  const named = process.env["CHROMIUM"];
  if (named) return named;
  const usual = USUAL_PLACES.find((path) => existsSync(path));
  if (usual !== undefined) return usual;
  const playwrights = placeOfPlaywrights();
  return existsSync(playwrights) ? playwrights : null;
}

/** Software WebGPU where there is no GPU; without a sandbox, since root in a container has none. */
export const CHROMIUM_ARGS = ["--no-sandbox", "--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader"];
