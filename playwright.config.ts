import { defineConfig } from "@playwright/test";
import { CHROMIUM_ARGS, findChromium } from "./tools/chromium/find.ts";

const executablePath = findChromium();

/** What takes a minute or more begins first, so that no worker is left alone with it at the end. */
const LONG = ["devices.spec.ts", "docs-site.spec.ts", "looks.spec.ts"];

export default defineConfig({
  testDir: "e2e",
  outputDir: "node_modules/.cache/e2e",
  fullyParallel: true,
  // A journey's own work is one thread of WebAssembly most of the time: two of them fill two cores.
  workers: 2,
  forbidOnly: Boolean(process.env["CI"]),
  retries: process.env["CI"] ? 1 : 0,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: "list",
  projects: [
    { name: "long", testMatch: LONG },
    { name: "rest", testIgnore: LONG },
  ],
  use: {
    // Thirty megabytes kept for use offline, for each journey anew: those that are about it allow them.
    serviceWorkers: "block",
    // A trace of every journey is a quarter of what the journeys cost; `--trace on` records one here.
    trace: "on-first-retry",
    launchOptions: { args: [...CHROMIUM_ARGS], ...(executablePath === null ? {} : { executablePath }) },
  },
});
