import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openFaultProxy } from "../../../tools/chroma/fault-proxy.ts";
import { startChroma } from "../../../tools/chroma/start-chroma.ts";
import { direct } from "../../boundary/index.ts";
import type { Engine, RemoteAccess, SearchMode, SearchRequest, StorageCalls } from "../../contract/index.ts";
import { openStorage } from "../../storage/index.ts";
import { createLocalEngine, type LocalEngine } from "../local-engine.ts";
import { LATER, createFakeModel, type FakeModel } from "../testing/fake-model.ts";

const server = await startChroma();
const proxy = await openFaultProxy(server?.url ?? "http://127.0.0.1:9");
afterAll(async () => {
  await proxy.close();
  await server?.close();
});

interface Here {
  readonly engine: Engine;
  readonly local: LocalEngine;
  readonly model: FakeModel;
}
const open: Here[] = [];
async function openEngine(): Promise<Here> {
  const opened = await openStorage({ where: { kind: "memory" } });
  const storage = direct<StorageCalls>(opened.handlers, opened.close);
  const model = createFakeModel();
  const local = createLocalEngine({ storage, model, adaptation: LATER });
  const here = { engine: direct(local.handlers), local, model };
  open.push(here);
  return here;
}
afterEach(async () => {
  proxy.fault = () => null;
  for (const { local } of open.splice(0)) await local.close();
});

const BOATS = [
  "sloop",
  "ketch",
  "yawl",
  "schooner",
  "brig",
  "cutter",
  "barque",
  "lugger",
  "dory",
  "punt",
  "skiff",
  "wherry",
];
/** Of each another length, so that no two come equally near. */
const filler = (boat: string, words: number) =>
  Array.from({ length: words }, (_, i) => `${boat}${i}`).join(" ");
const fileOf = (boat: string, i: number) => ({
  name: `${boat}.md`,
  content: `# ${boat}\n\nA ${boat} carries ${i + 1} masts and a lantern. ${filler(boat, i)}\n\n# More of the ${boat}\n\nNumber ${i} of the harbour${i % 3 === 0 ? ", a fast one" : ""}. ${filler(boat, 15 + i)}`,
  modifiedMs: 1_000_000 * i,
});

const access: RemoteAccess = { url: proxy.url, tenant: "", database: "" };

async function filled({ engine }: Here): Promise<number> {
  const { id } = await engine.createCollection({ name: "Boats", kind: "document" });
  const { added } = await engine.add({ collectionId: id, files: BOATS.map(fileOf) });
  await engine.tagSource({ sourceId: added[0]!.id, tags: ["small", "a b"] });
  await engine.index({ collectionId: id, task: "qa" });
  return id;
}

const QUESTION = "which fast boat carries 4 masts and a lantern?";
async function ask(
  { engine }: Here,
  collectionId: number | number[],
  mode: SearchMode,
  more: Partial<SearchRequest> = {},
) {
  const collectionIds = [collectionId].flat();
  const query = { task: "qa", question: QUESTION } as const;
  return engine.search({ collectionIds, query, mode, fusion: "convex", policy: "use", limit: 10, ...more });
}
const shown = (result: Awaited<ReturnType<typeof ask>>) =>
  result.hits.map(({ passage: { title, text }, sourceName }) => ({ title, text, sourceName }));

describe.skipIf(server === null)("collections on a real server", () => {
  let here: Here;
  let id = 0;
  let remoteName = "";
  beforeAll(async () => {
    here = await openEngine();
    open.pop();
    id = await filled(here);
    const report = await here.engine.push({ collectionId: id, task: "qa", access });
    expect(report).toMatchObject({ passages: 24, sent: 24, others: 0, removed: 0 });
    remoteName = report.remoteName;
  });
  afterAll(() => here.local.close());

  test("pushed, opened elsewhere, and searched there: the same ten with the same scores; only what is shown is kept", async () => {
    expect(await here.engine.remotes({})).toMatchObject([{ collectionId: id, mode: "pushed", passages: 24 }]);
    const local = await ask(here, id, "semantic");

    const there = await openEngine();
    const [listed] = (await there.engine.listRemote({ access })).filter(
      ({ remoteName }) => remoteName === remoteName,
    );
    expect(listed).toMatchObject({
      passages: 24,
      obstacle: null,
      task: "qa",
      modelId: "fake",
      chunkers: ["markdown/2"],
    });
    const { id: remoteId } = await there.engine.openRemote({ access, remoteName });
    const remote = await ask(there, remoteId, "semantic");
    expect(shown(remote)).toEqual(shown(local));
    for (const [i, hit] of remote.hits.entries())
      expect(hit.semantic!.raw).toBeCloseTo(local.hits[i]!.semantic!.raw, 4);
    expect(remote.remote).toEqual([
      { collectionId: remoteId, host: new URL(proxy.url).host, keywords: "not-asked", passages: 24 },
    ]);
    expect(there.model.seen).toHaveLength(1);
    const [cached] = await there.engine.collections({});
    expect(cached!.passages).toBeGreaterThanOrEqual(10);
    expect(cached!.passages).toBeLessThan(24);
    expect(await there.engine.index({ collectionId: remoteId, task: "qa" })).toMatchObject({ embedded: 0 });
    const adding = there.engine.add({ collectionId: remoteId, files: [fileOf("raft", 3)] });
    await expect(adding).rejects.toMatchObject({ code: "engine/invalid-input" });

    // Asked again, what is cached is not fetched again.
    const before = proxy.asked.length;
    expect(shown(await ask(there, remoteId, "semantic"))).toEqual(shown(local));
    expect(proxy.asked.slice(before).map(({ path }) => path.split("/").at(-1))).toEqual(["query"]);
  });

  test("words are found by the server's filter, or it is said that it has none; filters are mapped", async () => {
    const there = await openEngine();
    const { id: remoteId } = await there.engine.openRemote({ access, remoteName });
    const words = await ask(there, remoteId, "keywords");
    expect(words.remote![0]!.keywords).toBe("filter");
    expect(words.hits[0]!.passage.text).toMatch(/lantern|fast/);
    expect(there.model.seen).toEqual([]);
    const hybrid = await ask(there, remoteId, "hybrid");
    expect(hybrid.hits.some(({ keywords }) => keywords !== null)).toBe(true);
    expect(hybrid.candidates!.count).toBe(24);
    expect(hybrid.histogram!.counts.reduce((sum, one) => sum + one, 0)).toBeCloseTo(24, 6);

    const tagged = await ask(there, remoteId, "semantic", { filter: { tags: ["a b"] } });
    expect(new Set(tagged.hits.map(({ sourceName }) => sourceName))).toEqual(new Set(["sloop.md"]));
    const early = await ask(there, remoteId, "semantic", { filter: { fromMs: 2e6, untilMs: 4e6 } });
    expect(new Set(early.hits.map(({ sourceName }) => sourceName))).toEqual(
      new Set(["yawl.md", "schooner.md"]),
    );
    const one = tagged.hits[0]!.passage;
    const within = { sourceIds: [one.sourceId], beforeOrdinal: 1 };
    expect(
      (await ask(there, remoteId, "semantic", { filter: within })).hits.map(({ passage }) => passage.ordinal),
    ).toEqual([0]);
    const only = await ask(there, remoteId, "semantic", { filter: { passageIds: [one.id] } });
    expect(only.hits.map(({ passage }) => passage.id)).toEqual([one.id]);
    const spread = await ask(there, remoteId, "semantic", { diversity: 0.5 });
    expect(spread.hits[1]!.spread!.likeness).toBeGreaterThan(0);

    proxy.fault = ({ body }) =>
      body.includes("where_document") && /\$(regex|contains)/.test(body) ? { answer: 422 } : null;
    const other = await openEngine();
    const { id: denseId } = await other.engine.openRemote({ access, remoteName });
    const dense = await ask(other, denseId, "hybrid");
    expect(dense.remote![0]!.keywords).toBe("none");
    expect(dense.hits).toHaveLength(10);
  });

  test("beside a local collection both are searched as if they were one", async () => {
    const there = await openEngine();
    const { id: remoteId } = await there.engine.openRemote({ access, remoteName });
    const { id: ownId } = await there.engine.createCollection({ name: "Own", kind: "document" });
    await there.engine.add({ collectionId: ownId, files: [fileOf("raft", 3)] });
    await there.engine.index({ collectionId: ownId, task: "qa" });
    const both = await ask(there, [remoteId, ownId], "semantic");
    expect(new Set(both.hits.map(({ passage }) => passage.collectionId))).toEqual(new Set([remoteId, ownId]));
    const scores = both.hits.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(both.candidates!.count).toBe(26);

    // Copied into what is here, nothing of which gives way or is hidden behind the server, also where it is cut off.
    const stop = new AbortController();
    const onEvent = (): void => stop.abort(new DOMException("enough", "AbortError"));
    const cut = there.engine.pull(
      { access, remoteName, collectionId: ownId },
      { onEvent, signal: stop.signal },
    );
    await expect(cut).rejects.toMatchObject({ code: "base/aborted" });
    const link = (await there.engine.remotes({})).find(({ collectionId }) => collectionId === ownId);
    expect(link).toMatchObject({ mode: "pushed" });
    expect((await ask(there, ownId, "semantic")).hits.map(({ sourceName }) => sourceName)).toContain(
      "raft.md",
    );
    const pulled = await there.engine.pull({ access, remoteName, collectionId: ownId });
    expect(pulled).toMatchObject({ passages: 24, kept: 0, collection: { passages: 26 } });
  });

  test("searched twice at once by one who has nothing of it, and by one whose key was changed meanwhile", async () => {
    proxy.fault = ({ headers }) => (headers["x-chroma-token"] === "new" ? null : { answer: 401 });
    const there = await openEngine();
    const withKey = { ...access, key: "new" };
    const { id: remoteId } = await there.engine.openRemote({ access: withKey, remoteName });
    const both = await Promise.all([ask(there, remoteId, "semantic"), ask(there, remoteId, "hybrid")]);
    expect(both.map(({ hits }) => hits.length)).toEqual([10, 10]);
    const sources = await there.engine.sources({ collectionId: remoteId });
    expect(new Set(sources.map(({ digest }) => digest)).size).toBe(sources.length);

    proxy.fault = ({ headers }) => (headers["x-chroma-token"] === "newer" ? null : { answer: 401 });
    await expect(ask(there, remoteId, "semantic")).rejects.toMatchObject({ code: "remote/denied" });
    await there.engine.openRemote({ access: { ...access, key: "newer" }, remoteName });
    expect((await ask(there, remoteId, "semantic")).hits).toHaveLength(10);
    await there.engine.listRemote({ access: withKey }).catch(() => undefined);
    await expect(ask(there, remoteId, "semantic")).rejects.toMatchObject({ code: "remote/denied" });
  });

  test("what is pinned there comes first, however far down it was found", async () => {
    const there = await openEngine();
    const { id: remoteId } = await there.engine.openRemote({ access, remoteName });
    const { hits, query } = await ask(there, remoteId, "semantic");
    const eighth = hits[7]!.passage;
    const said = { collectionId: remoteId, task: "qa", query: query.text, passageId: eighth.id } as const;
    await there.engine.feedback({ ...said, mark: "pinned" });
    for (const mode of ["semantic", "hybrid"] as const) {
      const few = await ask(there, remoteId, mode, { limit: 3 });
      expect(few.hits).toHaveLength(3);
      expect(few.hits[0]).toMatchObject({ mark: "pinned", passage: { id: eighth.id } });
      const without = await ask(there, remoteId, mode, { limit: 3, filter: { excludeId: eighth.id } });
      expect(without.hits).toHaveLength(3);
      expect(without.hits.map(({ passage }) => passage.id)).not.toContain(eighth.id);
    }
  });

  test("pulled, cut off and pulled again: everything is here once, with its vectors, and found as before", async () => {
    const there = await openEngine();
    const { id: remoteId } = await there.engine.openRemote({ access, remoteName });
    await ask(there, remoteId, "semantic", { limit: 1 });
    const stop = new AbortController();
    const onEvent = (): void => stop.abort(new DOMException("enough", "AbortError"));
    const cut = there.engine.pull({ access, remoteName }, { onEvent, signal: stop.signal });
    await expect(cut).rejects.toMatchObject({ code: "base/aborted" });
    const pulled = await there.engine.pull({ access, remoteName });
    expect(pulled).toMatchObject({ passages: 24, collection: { id: remoteId, passages: 24, sources: 12 } });
    expect(await there.engine.pull({ access, remoteName })).toMatchObject({ received: 0 });
    await there.engine.index({ collectionId: remoteId, task: "qa" });
    // Only what was cached before came without its vectors.
    expect(there.model.seen.length).toBeLessThan(6);
    const [local, after] = [await ask(here, id, "hybrid"), await ask(there, remoteId, "hybrid")];
    expect(after.remote).toBeUndefined();
    expect(shown(after)).toEqual(shown(local));
    expect(after.hits.map(({ score }) => score)).toEqual(local.hits.map(({ score }) => score));
    const source = (await there.engine.sources({ collectionId: remoteId })).find(
      ({ name }) => name === "sloop.md",
    )!;
    expect(source.tags).toEqual(["small", "a b"]);
    expect((await there.engine.readSource({ sourceId: source.id })).text).toContain(
      "A sloop carries 1 masts",
    );
    // Changed on the server behind Sextant's back, it is refused.
    const fresh = await openEngine();
    proxy.fault = ({ path }) =>
      path.endsWith("/get") ? { lie: (body) => body.replaceAll("lantern", "lamp") } : null;
    await expect(fresh.engine.pull({ access, remoteName })).rejects.toMatchObject({
      code: "remote/unreadable",
    });
  });

  test("another model, a copy of another collection, a server that is gone: refused, and everything stays", async () => {
    const there = await openEngine();
    const { id: remoteId } = await there.engine.openRemote({ access, remoteName });
    await there.engine.setModel({ modelId: "other", dtype: "fp32" });
    await expect(ask(there, remoteId, "semantic")).rejects.toMatchObject({ code: "remote/other-model" });
    const [listed] = (await there.engine.listRemote({ access })).filter(
      (one) => one.remoteName === remoteName,
    );
    expect(listed!.obstacle).toContain("fake");
    const { id: otherId } = await here.engine.createCollection({ name: "boats!", kind: "document" });
    await here.engine.add({ collectionId: otherId, files: [fileOf("raft", 3)] });
    const clash = here.engine.push({ collectionId: otherId, task: "qa", access });
    await expect(clash).rejects.toMatchObject({ code: "remote/other-model" });
    // Of two collections here with one name the second does not take the first one's place there.
    await here.engine.renameCollection({ collectionId: otherId, name: "Boats" });
    const namesake = here.engine.push({ collectionId: otherId, task: "qa", access, deletes: true });
    await expect(namesake).rejects.toMatchObject({ code: "remote/other-model" });
    expect(await here.engine.listRemote({ access })).toMatchObject([{ remoteName, passages: 24 }]);

    // What a later version pushed is named, and why it cannot be opened.
    const collections = `${server!.url}/api/v2/tenants/default_tenant/databases/default_database/collections`;
    const metadata = { "sextant:format": 2, "sextant:name": "From tomorrow" };
    const body = JSON.stringify({ name: "later", metadata });
    await fetch(collections, { method: "POST", headers: { "Content-Type": "application/json" }, body });
    const later = (await here.engine.listRemote({ access })).find((one) => one.remoteName === "later");
    expect(later).toEqual({
      remoteName: "later",
      name: "From tomorrow",
      kind: null,
      obstacle: expect.stringContaining("another version of Sextant") as string,
    });
    proxy.fault = () => ({ cut: "before" });
    const gone = await openEngine();
    await expect(gone.engine.listRemote({ access })).rejects.toMatchObject({ code: "remote/unreachable" });
    expect((await ask(here, id, "hybrid")).hits).toHaveLength(10);
    await here.engine.forgetRemote({ collectionId: id });
    expect(await here.engine.remotes({})).toEqual([]);
  });
});
