import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { startChroma } from "./start-chroma.ts";

afterEach(() => vi.restoreAllMocks());

test.each([
  ["ends", 'console.error("the port is taken"); process.exit(3);', "the port is taken"],
  ["is killed", 'process.kill(process.pid, "SIGKILL");', "it ended at once by SIGKILL"],
])("a server that %s before it answers is not waited for, and why is said", async (_, program, why) => {
  const said: string[] = [];
  vi.spyOn(process.stderr, "write").mockImplementation((text) => said.push(String(text)) > 0);
  const folder = await mkdtemp(join(tmpdir(), "sextant-no-chroma-"));
  try {
    const cli = join(folder, "cli.mjs");
    await writeFile(cli, program);
    expect(await startChroma({ cli })).toBe(null);
    expect(said).toEqual([`SKIPPED: no Chroma server can be started here (${why})\n`]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
