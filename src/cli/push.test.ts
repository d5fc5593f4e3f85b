import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { startChroma } from "../../tools/chroma/start-chroma.ts";
import { openChroma } from "../remote/index.ts";
import { openNodeEngine } from "./node-engine.ts";
import { readKept } from "./kept-collection.ts";
import { run as pull } from "./pull.ts";
import { run as push } from "./push.ts";
import { createEmbedders } from "./push/embedders.ts";
import { agreeOnManifest, filesIn, isInShard, parseShard } from "./push/manifest.ts";

const server = await startChroma();
let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sextant-push-"));
  await mkdir(join(folder, "docs/.hidden"), { recursive: true });
  for (const [i, boat] of ["sloop", "ketch", "yawl", "brig"].entries())
    await writeFile(
      join(folder, `docs/${boat}.md`),
      `# ${boat}\n\nA ${boat} has ${i + 1} masts.\n\n# Sails\n\nThe ${boat} sets ${2 * i} sails.`,
    );
  await writeFile(join(folder, "docs/.hidden/not.md"), "# Not this");
  await writeFile(join(folder, "docs/bad.txt"), Buffer.alloc(64));
});
afterAll(async () => {
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Runs a command in this process: the line that it prints, and what it says besides. */
async function sextant(
  command: typeof push,
  ...args: string[]
): Promise<{ out: Record<string, unknown>; err: string }> {
  const said = { log: vi.spyOn(console, "log"), error: vi.spyOn(console, "error") };
  for (const spy of Object.values(said)) spy.mockImplementation(() => undefined);
  try {
    await command(args);
    const line = String(said.log.mock.calls.at(-1)?.[0]);
    return { out: JSON.parse(line) as Record<string, unknown>, err: said.error.mock.calls.flat().join("\n") };
  } finally {
    vi.restoreAllMocks();
  }
}

describe.skipIf(server === null)("with a real server", () => {
  test("a folder is pushed in shares and as a whole, and pulled into a bundle with its vectors", async () => {
    const [docs, manifest] = [join(folder, "docs"), join(folder, "job.json")];
    const to = [docs, "--to", server!.url, "--name", "boats", "--processes", "1"];
    const share = await sextant(push, ...to, "--shard", "1/2", "--manifest", manifest);
    expect(share.err).toContain("bad.txt: ingest/");
    const whole = await sextant(push, ...to);
    expect(whole.out).toMatchObject({ remoteName: "boats", passages: 8, others: 0, removed: 0 });
    expect(Number(share.out["sent"]) + Number(whole.out["sent"])).toBe(8);
    const access = { url: server!.url, tenant: "", database: "" };
    const store = await openChroma(access).open("boats");
    expect(await store.count()).toBe(8);
    expect(store.make).toMatchObject({
      modelId: "sextant-mini",
      dtype: "q8",
      task: "qa",
      chunkers: ["markdown/2"],
    });
    expect(store.sealed?.passages).toBe(8);

    const out = join(folder, "boats.sextant.zip");
    expect((await sextant(pull, "boats", "--from", server!.url, "--out", out)).out).toMatchObject({
      passages: 8,
      vectors: 8,
    });
    expect(await stat(`${out}.begun`).catch(() => null)).toBeNull();
    const { face, close } = await openNodeEngine();
    const collectionId = (await readKept(face, out))!;
    const asked = { query: { task: "qa", question: "how many masts has a yawl?" }, limit: 1 } as const;
    const how = { mode: "semantic", fusion: "convex", policy: "use" } as const;
    const { hits } = await face.search({ collectionIds: [collectionId], ...asked, ...how });
    expect(hits[0]!.passage.text).toBe("A yawl has 3 masts.");
    // The app's own push of it finds all of it there: ids and vectors are the same whoever made them.
    expect(await face.push({ collectionId, task: "qa", access, remoteName: "boats" })).toMatchObject({
      sent: 0,
      others: 0,
    });
    await close();
  });
});

test("another process embeds to the same vectors, and its end rejects who waits", async () => {
  const settings = { model: "sextant-mini", dtype: "q8", cache: folder, task: "qa" } as const;
  const entry = { path: "src/cli/main.ts", execArgv: ["--import", "tsx"] };
  const embedders = createEmbedders(settings, 1, entry);
  const texts = ["A yawl has 3 masts.", "The brig sets sails."];
  const [apart, own] = [await embedders.embed(texts), await openNodeEngine()];
  const { vectors, dim } = await own.face.embed({ task: "qa", side: "key", texts });
  expect(apart).toEqual(texts.map((_, i) => vectors.slice(i * dim, (i + 1) * dim)));
  const waiting = embedders.embed(texts);
  embedders.close();
  await expect(waiting).rejects.toMatchObject({ code: "engine/internal" });
  await own.close();
});

test("a manifest is written once; another folder, model or number of shards is not its job", async () => {
  const [docs, path] = [join(folder, "docs"), join(folder, "agreed.json")];
  const job = { task: "qa", modelKey: "m/q8", shards: 8 } as const;
  await agreeOnManifest(path, docs, job);
  const written = await readFile(path, "utf8");
  await agreeOnManifest(path, docs, job);
  expect(await readFile(path, "utf8")).toBe(written);
  expect(await filesIn(docs)).toEqual(["bad.txt", "brig.md", "ketch.md", "sloop.md", "yawl.md"]);
  for (const other of [{ shards: 4 }, { modelKey: "m/fp32" }, { task: "convsearch" as const }])
    await expect(agreeOnManifest(path, docs, { ...job, ...other })).rejects.toMatchObject({
      code: "engine/invalid-input",
    });
  await writeFile(join(docs, "brig.md"), "# brig\n\nchanged");
  await expect(agreeOnManifest(path, docs, job)).rejects.toMatchObject({
    details: { what: "files", ours: "brig.md" },
  });
});

test("every passage is in exactly one share", () => {
  const ids = Array.from({ length: 400 }, (_, i) =>
    ((i * 2654435761) % 2 ** 32).toString(16).padStart(8, "0").repeat(4),
  );
  const shares = [1, 2, 3].map((index) => ids.filter((id) => isInShard(id, { index, count: 3 })));
  expect(shares.flat().sort()).toEqual([...ids].sort());
  for (const share of shares) expect(share.length).toBeGreaterThan(90);
  expect(parseShard("3/8")).toEqual({ index: 3, count: 8 });
  for (const wrong of ["0/8", "9/8", "3", "a/b", "3/8/1"]) expect(parseShard(wrong)).toBeNull();
});
