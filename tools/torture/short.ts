/** The kill test and the long run in a few seconds, for every check: what they say at length, `npm run torture` and `npm run soak` do. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSite } from "../serve/static-server.ts";
import { soak } from "../soak/soak.ts";
import { buildPage } from "./build-page.ts";
import { torture } from "./torture.ts";

const folder = await mkdtemp(join(tmpdir(), "sextant-torture-"));
const root = join(folder, "page");
const say = (line: string): void => void process.stderr.write(`${line}\n`);
await buildPage(root);
const site = await openSite(root, 0);
try {
  const { url } = site;
  const faults = ["write", "migrate"] as const;
  const killed = await torture({ url, profile: join(folder, "killed"), seed: 1, rounds: 2, faults, say });
  const soaked = await soak({
    url,
    profile: join(folder, "soaked"),
    seed: 1,
    minutes: 0.08,
    passages: 600,
    device: "wasm",
    say,
  });
  // In seconds memory only grows: what is asked of it takes minutes.
  const kept = soaked.growth.filter(({ what, isLeak }) => isLeak && /^(workers|locks|GPU)/.test(what));
  console.log(
    JSON.stringify({ ...killed, soak: { passages: soaked.passagesAdded, missed: soaked.missed, kept } }),
  );
  if (killed.why.length > 0 || soaked.missed > 0 || kept.length > 0) process.exitCode = 1;
} finally {
  await site.close();
  await rm(folder, { recursive: true, force: true });
}
