/** Works for a long while, and measures what grows: npm run soak -- --minutes 120 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openSite } from "../serve/static-server.ts";
import { buildPage } from "../torture/build-page.ts";
import { soak } from "./soak.ts";

const SAMPLES = 40;
const LEAST_SAMPLE_MS = 1000;

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "120" },
    passages: { type: "string", default: "200000" },
    seed: { type: "string", default: "1" },
    // Smaller ones make more steps: a software GPU embeds a few passages a second.
    source: { type: "string", default: "40-160" },
    device: { type: "string", default: "wasm" },
  },
});
const [minutes, passages, seed] = [Number(values.minutes), Number(values.passages), Number(values.seed)];
const device = (["wasm", "webgpu"] as const).find((one) => one === values.device);
const [least = 0, most = 0] = values.source.split("-").map(Number);
const isRange = Number.isSafeInteger(least) && Number.isSafeInteger(most) && 0 < least && least < most;
if (!isRange || !(minutes > 0) || !(passages > 0) || !Number.isSafeInteger(seed) || device === undefined) {
  console.error(
    "Usage: npm run soak -- [--minutes 120] [--passages 200000] [--seed 1] [--source 40-160] [--device wasm|webgpu]",
  );
  process.exitCode = 2;
} else {
  const folder = await mkdtemp(join(tmpdir(), "sextant-soak-"));
  const root = join(folder, "page");
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  await buildPage(root);
  const site = await openSite(root, 0);
  try {
    const profile = join(folder, "profile");
    const report = await soak({
      url: site.url,
      profile,
      seed,
      minutes,
      passages,
      sourcePassages: [least, most],
      sampleMs: Math.max(LEAST_SAMPLE_MS, (minutes * 60_000) / SAMPLES),
      device,
      say,
    });
    console.log(JSON.stringify(report, null, 1));
    if (report.missed > 0 || report.growth.some(({ isLeak }) => isLeak)) process.exitCode = 1;
  } finally {
    await site.close();
    await rm(folder, { recursive: true, force: true });
  }
}
