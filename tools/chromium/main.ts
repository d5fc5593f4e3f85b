import { ensureChromium } from "./ensure.ts";

try {
  console.log(`chromium: ${ensureChromium()}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
