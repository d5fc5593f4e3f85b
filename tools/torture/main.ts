/** Kills a browser while it works, and looks at what is left: npm run torture -- --seed 1 --rounds 100 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openSite } from "../serve/static-server.ts";
import { buildPage } from "./build-page.ts";
import { FAULTS, isFault } from "./faults.ts";
import { torture } from "./torture.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    rounds: { type: "string", default: "100" },
    faults: { type: "string", default: FAULTS.join(",") },
  },
});
const [seed, rounds] = [Number(values.seed), Number(values.rounds)];
const faults = values.faults.split(",").filter(isFault);
if (![seed, rounds].every(Number.isSafeInteger) || rounds < 1 || faults.length === 0) {
  console.error(`Usage: npm run torture -- [--seed 1] [--rounds 100] [--faults ${FAULTS.join(",")}]`);
  process.exitCode = 2;
} else {
  const folder = await mkdtemp(join(tmpdir(), "sextant-torture-"));
  const root = join(folder, "page");
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  say(`seed ${seed}`);
  await buildPage(root);
  const site = await openSite(root, 0);
  try {
    const profile = join(folder, "profile");
    const report = await torture({ url: site.url, profile, seed, rounds, faults, redraws: 0, say });
    console.log(JSON.stringify(report, null, 1));
    if (report.lostWrites > 0 || report.corruptRows > 0 || report.why.length > 0) process.exitCode = 1;
  } finally {
    await site.close();
    await rm(folder, { recursive: true, force: true });
  }
}
