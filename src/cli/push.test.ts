import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { startChroma } from "../../tools/chroma/start-chroma.ts";
import { openChroma } from "../remote/index.ts";
import { readKept, writeExport } from "./kept-collection.ts";
import { openNodeEngine } from "./node-engine.ts";
import { run as pull } from "./pull.ts";
import { run as push } from "./push.ts";
import { createEmbedders } from "./embedders.ts";
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

  test("a bundle's collections are pushed each under its own name; under one name only one of them", async () => {
    const { face, close } = await openNodeEngine();
    for (const name of ["Tides", "Winds"]) {
      const { id: collectionId } = await face.createCollection({ name, kind: "document" });
      await face.add({ collectionId, files: [{ name: "a.md", content: `# ${name}\n\nAbout ${name}.` }] });
      await face.index({ collectionId, task: "qa" });
    }
    const path = join(folder, "both.sextant.zip");
    await writeExport(face, path);
    await close();
    const to = [path, "--to", server!.url];
    const one = sextant(push, ...to, "--name", "both", "--delete");
    await expect(one).rejects.toThrow(/“Tides” \(qa\) and “Winds” \(qa\).*--name is for one/);
    const chroma = openChroma({ url: server!.url, tenant: "", database: "" });
    const names = async () => (await chroma.list()).map(({ remoteName }) => remoteName);
    expect(await names()).not.toContain("both");
    await sextant(push, ...to, "--delete");
    expect(await names()).toEqual(expect.arrayContaining(["tides-qa", "winds-qa"]));
    expect(await (await chroma.open("tides-qa")).count()).toBe(1);
    const none = sextant(push, ...to, "--task", "tool");
    await expect(none).rejects.toThrow("no collection for the task tool");
  });
});

test("what would do nothing, or cannot be done, is refused before anything is opened", async () => {
  const [file, docs] = [join(folder, "docs/brig.md"), join(folder, "docs")];
  const to = ["--to", "http://127.0.0.1:9"];
  const wrong = [
    [[file, ...to, "--processes", "4"], "--processes is for a folder"],
    [[file, ...to, "--shard", "1/2", "--manifest", "job.json"], "--shard is for a folder"],
    [[docs, ...to, "--manifest", "job.json"], "--shard and --manifest go together"],
    [[docs, ...to, "--shard", "1/2"], "--shard and --manifest go together"],
    [[docs, ...to, "--shard", "3/2", "--manifest", "job.json"], "like 3/8"],
    [[docs, ...to, "--shard", "1/2", "--manifest", "job.json", "--delete"], "--delete is for a whole push"],
    [[docs, ...to, "--processes", "many"], "--processes is a whole number"],
    [[docs, ...to, "--task", "sing"], "--task is one of qa"],
    [[docs, ...to, "--dtype", "int3"], "--dtype is one of"],
    [[join(folder, "nothing"), ...to], "neither a folder nor a bundle"],
    [[docs], "Usage: sextant push"],
  ] as const;
  const out = join(folder, "nowhere/x.zip");
  await expect(pull(["x", "--from", "http://127.0.0.1:9", "--out", out])).rejects.toMatchObject({
    code: "engine/invalid-input",
    message: expect.stringContaining("There is no folder") as string,
  });
  for (const [args, said] of wrong)
    await expect(push([...args])).rejects.toMatchObject({
      code: "engine/invalid-input",
      message: expect.stringContaining(said) as string,
    });
});

test("another process embeds to the same vectors, and its end rejects who waits", async () => {
  const settings = { model: "sextant-mini", dtype: "q8", cache: folder, task: "qa" } as const;
  const entry = { path: "src/cli/main.ts", execArgv: ["--import", "tsx"] };
  const embedders = createEmbedders(settings, 1, entry);
  const texts = ["A yawl has 3 masts.", "The brig sets sails."];
  // Both wait for the one process, and neither takes the other's place.
  const [[apart, alone], own] = [
    await Promise.all([embedders.embed(texts), embedders.embed(texts)]),
    await openNodeEngine(),
  ];
  expect(alone).toEqual(apart);
  const { vectors, dim } = await own.face.embed({ task: "qa", side: "key", texts });
  expect(apart).toEqual(texts.map((_, i) => vectors.slice(i * dim, (i + 1) * dim)));
  const waiting = [embedders.embed(texts), embedders.embed(texts)];
  embedders.close();
  const ended = await Promise.allSettled(waiting);
  for (const one of ended)
    expect(one).toMatchObject({ status: "rejected", reason: { code: "engine/internal" } });
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
