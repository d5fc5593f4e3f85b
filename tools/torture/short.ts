/** The kill test and the long run in a few seconds, for every check: what they say at length, `npm run torture` and `npm run soak` do. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSite } from "../serve/static-server.ts";
import { soak } from "../soak/soak.ts";
import { buildPage } from "./build-page.ts";
import { SHORT_FAULTS } from "./faults.ts";
import { takeOver, WAYS } from "./takeover.ts";
import { torture } from "./torture.ts";

const folder = await mkdtemp(join(tmpdir(), "sextant-torture-"));
const root = join(folder, "page");
const say = (line: string): void => void process.stderr.write(`${line}\n`);
await buildPage(root);
const site = await openSite(root, 0);
try {
  const { url } = site;
  const killed = await torture({
    url,
    profile: join(folder, "killed"),
    seed: 1,
    rounds: SHORT_FAULTS.length,
    faults: SHORT_FAULTS,
    redraws: 4,
    say,
  });
  const late = SHORT_FAULTS.filter((fault) => killed.faults[fault] === undefined);
  const takenOver = await takeOver({
    url,
    profile: join(folder, "taken-over"),
    // Closed while it adds itself, killed while another tab does.
    seed: 10,
    rounds: WAYS.length,
    passages: 30,
    adding: 200,
    say,
  });
  const soaked = await soak({
    url,
    profile: join(folder, "soaked"),
    seed: 1,
    // Ended by the passages, after some 16 steps with a sample each, unless a machine is very slow.
    minutes: 0.3,
    passages: 200,
    sourcePassages: [2, 7],
    sampleMs: 0,
    device: "wasm",
    say,
  });
  // In seconds memory only grows: what is asked of it takes minutes.
  const kept = soaked.growth.filter(({ what, isLeak }) => isLeak && /^(workers|locks|GPU)/.test(what));
  const { samples, passagesAdded: passages, missed } = soaked;
  const wrong = missed + killed.lostWrites + takenOver.lostPassages;
  const soaking = { passages, samples: samples.length, missed, kept };
  console.log(JSON.stringify({ ...killed, late, takenOver, soak: soaking }));
  const faults = [killed.why, takenOver.why, late, kept].flat();
  if (faults.length > 0 || wrong > 0) process.exitCode = 1;
} finally {
  await site.close();
  await rm(folder, { recursive: true, force: true });
}
