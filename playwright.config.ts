import { defineConfig } from "@playwright/test";
import { CHROMIUM_ARGS, findChromium } from "./tools/chromium/find.ts";

const executablePath = findChromium();

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
  use: {
    // A trace of every journey is a quarter of what the journeys cost; `--trace on` records one here.
    trace: "on-first-retry",
    launchOptions: { args: [...CHROMIUM_ARGS], ...(executablePath === null ? {} : { executablePath }) },
  },
});
