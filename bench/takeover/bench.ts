import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openSite } from "../../tools/serve/static-server.ts";
import { buildPage } from "../../tools/torture/build-page.ts";
import { takeOver, WAYS } from "../../tools/torture/takeover.ts";
import { median } from "../timing.ts";

/** How long tabs are without an answer when the one that runs the engine goes. Options: README.md. */
export async function bench(args: readonly string[]): Promise<object> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: "string", default: "20" },
      passages: { type: "string", default: "2000" },
      seed: { type: "string", default: "1" },
    },
  });
  const [rounds, passages, seed] = [Number(values.rounds), Number(values.passages), Number(values.seed)];
  if (![rounds, passages, seed].every(Number.isSafeInteger) || rounds < 2 || passages < 1)
    throw new Error("Give whole numbers: 2 rounds and 1 passage at least.");
  const folder = await mkdtemp(join(tmpdir(), "sextant-takeover-"));
  const root = join(folder, "page");
  await buildPage(root);
  const site = await openSite(root, 0);
  const loadBefore = loadavg()[0];
  try {
    const say = (line: string): void => void process.stderr.write(`${line}\n`);
    const profile = join(folder, "profile");
    const report = await takeOver({ url: site.url, profile, seed, rounds, passages, adding: 1500, say });
    if (report.why.length > 0) throw new Error(report.why.join("\n"));
    const spread = (times: readonly number[]) => ({ p50: median(times), worst: Math.max(...times) });
    const byWay = WAYS.map((way) => {
      const of = report.rounds.filter((one) => one.way === way);
      return [
        way,
        {
          rounds: of.length,
          nextMs: spread(of.map(({ nextMs }) => nextMs)),
          otherMs: spread(of.map(({ otherMs }) => otherMs)),
        },
      ] as const;
    });
    return {
      ...report,
      cores: availableParallelism(),
      load: [loadBefore, loadavg()[0]],
      ...Object.fromEntries(byWay),
    };
  } finally {
    await site.close();
    await rm(folder, { recursive: true, force: true });
  }
}
