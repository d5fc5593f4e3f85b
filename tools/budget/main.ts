import { LIMITS } from "./limits.ts";
import { weighFirstScreen, weighOffline, weighWorkers, type Weights } from "./measure.ts";

const DIST = "dist";
const SHOWN = 6;
const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`.padStart(12);

function report(name: string, weights: Weights, limit: number): boolean {
  const total = Object.values(weights).reduce((sum, bytes) => sum + bytes, 0);
  const heaviest = Object.entries(weights).sort(([, a], [, b]) => b - a);
  const verdict = total <= limit ? "" : "  over";
  console.log(`${name.padEnd(28)}${kilobytes(total)} of ${kilobytes(limit).trim()}${verdict}`);
  for (const [file, bytes] of heaviest.slice(0, SHOWN))
    console.log(`  ${file.padEnd(58)}${kilobytes(bytes)}`);
  if (heaviest.length > SHOWN) console.log(`  and ${heaviest.length - SHOWN} more`);
  return total <= limit;
}

const kept = [
  report("first screen, gzip", weighFirstScreen(DIST), LIMITS.firstScreen),
  report("workers' own code, gzip", weighWorkers(DIST), LIMITS.workers),
  report("kept for use offline", weighOffline(DIST), LIMITS.offline),
];
if (kept.includes(false)) process.exitCode = 1;
