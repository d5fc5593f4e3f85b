import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** Everything that the built app is made from. */
export const SOURCES = ["index.html", "package-lock.json", "vite.config.ts", "src", "public", "tools/serve"];

function newestMs(path: string): number {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  // A folder's own time tells of files that were added, renamed or removed.
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newestMs(join(path, name))));
}

/** Whether `product` is missing or older than any of `sources` (files, or folders with all that is in them). */
export function isStale(product: string, sources: readonly string[]): boolean {
  if (!existsSync(product)) return true;
  const builtMs = statSync(product).mtimeMs;
  return sources.some((source) => existsSync(source) && newestMs(source) > builtMs);
}
