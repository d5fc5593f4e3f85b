/** Runs one suite and prints one JSON: npm run bench -- <suite> [its own options] */
import { existsSync } from "node:fs";

/** What every `bench/<suite>/bench.ts` exports. */
export interface Suite {
  bench(args: readonly string[]): Promise<object>;
}

const [name = "", ...args] = process.argv.slice(2);
const file = new URL(`./${name}/bench.ts`, import.meta.url);
if (/^[a-z-]+$/.test(name) && existsSync(file)) {
  const suite = (await import(file.href)) as Suite;
  console.log(JSON.stringify(await suite.bench(args), null, 2));
} else {
  console.error(
    "Say which suite to run: npm run bench -- adapt, docs-site, embed, convert, ingest, map, quantise, remote, search, search-gpu, support or takeover.",
  );
  process.exitCode = 2;
}
