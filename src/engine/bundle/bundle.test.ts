import { afterAll, beforeAll, expect, test } from "vitest";
import { createRng } from "../../base/rng.ts";
import { direct } from "../../boundary/index.ts";
import type { Engine } from "../../contract/index.ts";
import { formatAdapter } from "../../train/index.ts";
import { createLocalEngine } from "../local-engine.ts";
import { LATER } from "../testing/fake-model.ts";
import { closeMachines, exported, openMachine, type Machine } from "../testing/machine.ts";
import { shapeOf } from "../adaptation/training-passages.ts";

const GUIDE = Array.from(
  { length: 140 },
  (_, i) => `# Part ${i}\n\nThis speaks of item${i} and — 茶.\n`,
).join("\n");
const TOOLS = JSON.stringify([{ name: "brew", description: "Brews tea", parameters: { type: "object" } }]);

/** Not UTF-8: read all the same, and said. */
const LATIN = Uint8Array.from("Tea takes three minutes, café.", (letter) => letter.charCodeAt(0));

let home: Machine;
let bundle: Blob;

beforeAll(async () => {
  home = await openMachine();
  const { engine } = home;
  const guides = await engine.createCollection({ name: "Guides", kind: "document" });
  const files = [
    { name: "a.md", content: GUIDE },
    { name: "b.txt", content: LATIN, modifiedMs: 1_700_000_000_000 },
  ];
  const { added } = await engine.add({ collectionId: guides.id, files });
  await engine.tagSource({ sourceId: added[1]?.id ?? -1, tags: ["tea"] });
  for (const task of ["qa", "convsearch"] as const) await engine.index({ collectionId: guides.id, task });
  const tools = await engine.createCollection({ name: "Tools", kind: "tool" });
  await engine.add({ collectionId: tools.id, files: [{ name: "t.json", content: TOOLS }] });
  await engine.index({ collectionId: tools.id, task: "tool" });
  bundle = await exported(engine);
});
afterAll(closeMachines);

async function answers(engine: Engine): Promise<unknown> {
  const results = [];
  for (const { id, name, kind } of await engine.collections({})) {
    const query =
      kind === "tool"
        ? ({ task: "tool", request: "brew tea" } as const)
        : ({ task: "qa", question: "item77 or 茶 tea" } as const);
    const settings = { mode: "hybrid", fusion: "convex", policy: "use", limit: 20 } as const;
    const { hits, candidates } = await engine.search({ collectionIds: [id], query, ...settings });
    const told = hits.map((hit) => ({
      ...hit,
      passage: { ...hit.passage, id: 0, collectionId: 0, sourceId: 0 },
      continuation: hit.continuation?.text,
    }));
    results.push({ name, told, candidates });
  }
  return results;
}

test("what is exported and imported elsewhere answers the same, to the last digit, and nothing is embedded again", async () => {
  const there = await openMachine();
  const report = await there.engine.importBundle({ file: bundle });
  expect(report).toMatchObject({ passages: 142, vectors: 283, refused: [] });
  expect(there.model.seen).toHaveLength(3);
  expect(await answers(there.engine)).toEqual(await answers(home.engine));
  const [guides] = await there.engine.collections({});
  const collectionId = guides?.id ?? -1;
  expect(await there.engine.index({ collectionId, task: "convsearch" })).toMatchObject({ embedded: 0 });
  expect((await there.engine.sources({ collectionId }))[1]).toMatchObject({
    tags: ["tea"],
    dateMs: 1_700_000_000_000,
  });
  const noticesIn = async ({ engine }: Machine) => {
    const [collection] = await engine.collections({});
    const sources = await engine.sources({ collectionId: collection?.id ?? -1 });
    return (await engine.sourceFacts({ sourceId: sources[1]?.id ?? -1 })).notices;
  };
  expect(await noticesIn(there)).toEqual(await noticesIn(home));
  expect(await noticesIn(home)).toHaveLength(1);
});

test("what a collection taught and the marks of its hits go along; importing again brings back no mark", async () => {
  const [guides] = await home.engine.collections({});
  const place = { collectionId: guides?.id ?? -1, task: "qa" } as const;
  const { passages } = await home.engine.passages({ collectionId: place.collectionId, offset: 77, limit: 1 });
  const passageId = passages[0]?.id ?? -1;
  await home.engine.feedback({ ...place, query: "item77?", passageId, mark: "pinned" });
  const rewards = [{ passageId, reward: -0.25 }];
  await home.storage.writeRewards({ ...place, query: "item77?", rewards });
  const modelKey = "fake@1/fp32";
  const table = { dim: 2048, rowByWord: new Map([["tea", 0]]), vectors: new Float32Array(2048).fill(0.5) };
  const bytes = await formatAdapter({ table, linear: null, winner: "table", part: 0.5 });
  const learned = { report: { winner: "table", part: 0.5 }, shape: await shapeOf(home.storage, place) };
  await home.storage.writeAdapter({ ...place, modelKey, bytes, report: JSON.stringify(learned) });
  const file = await exported(home.engine, [place.collectionId]);
  const there = await openMachine();
  await there.engine.importBundle({ file });
  const [copy] = await there.engine.collections({});
  const copied = { collectionId: copy?.id ?? -1, task: "qa" } as const;
  expect(await there.engine.adaptation(copied)).toMatchObject({
    state: "ready",
    report: learned.report,
    inUse: "table",
    marks: 1,
    scored: 1,
    isStale: false,
  });
  const [mark] = await there.storage.marks(copied);
  const [marked] = await there.storage.readPassages({ ids: [mark?.passageId ?? -1] });
  expect(marked).toMatchObject({ text: passages[0]?.text });
  expect(await there.storage.rewards(copied)).toEqual([
    { query: "item77?", rewards: [{ passageId: mark?.passageId, reward: -0.25 }] },
  ]);
  expect((await there.storage.readAdapter({ ...copied, modelKey }))?.bytes).toEqual(bytes);
  const own = { ...copied, passageId: mark?.passageId ?? -1 };
  await there.engine.feedback({ ...own, query: "other?", mark: "right" });
  await there.engine.feedback({ ...own, query: "item77?", mark: null });
  await there.engine.importBundle({ file });
  expect((await there.storage.marks(copied)).map(({ query }) => query)).toEqual(["other?"]);
});

test("importing where the names are taken leaves what is there alone", async () => {
  const there = await openMachine();
  await there.engine.importBundle({ file: bundle });
  await there.engine.importBundle({ file: await exported(there.engine) });
  expect((await there.engine.collections({})).map(({ name, passages }) => [name, passages])).toEqual([
    ["Guides", 141],
    ["Tools", 1],
    ["Guides (2)", 141],
    ["Tools (2)", 1],
  ]);
});

test("importing the same file again adds nothing", async () => {
  const there = await openMachine();
  await there.engine.importBundle({ file: bundle });
  await there.engine.importBundle({ file: bundle });
  expect(await answers(there.engine)).toEqual(await answers(home.engine));
});

test("an export reads no faster than its bytes are taken", async () => {
  let reads = 0;
  const machine = await openMachine(({ readSource }) => ({
    readSource: (...given) => {
      reads++;
      return readSource(...given);
    },
  }));
  const { id: collectionId } = await machine.engine.createCollection({ name: "Much", kind: "document" });
  const rng = createRng(5);
  const noise = () => Array.from({ length: 20_000 }, () => String.fromCharCode(33 + rng() * 90)).join("");
  for (let i = 0; i < 16; i++) {
    const source = { name: `${i}.txt`, format: "text/1", digest: `${i}`, text: noise(), total: 0 };
    await machine.storage.addSource({ collectionId, ...source });
  }

  let [isTaking, most] = [false, 0];
  let readsWhenStuck = 0;
  await machine.engine.exportBundle(
    {},
    {
      onEvent: async (event) => {
        if (event.type !== "bytes") return;
        expect(isTaking).toBe(false);
        isTaking = true;
        most = Math.max(most, event.bytes.length);
        if (readsWhenStuck === 0) {
          // A disk that takes this piece very slowly.
          for (let i = 0; i < 200; i++) await new Promise(setImmediate);
          readsWhenStuck = reads;
        }
        isTaking = false;
      },
    },
  );
  expect(reads).toBe(16);
  expect(readsWhenStuck).toBeLessThan(8);
  expect(most).toBeLessThan(200_000);
});

test("an import that was cut off goes on where it was, without anything twice", async () => {
  const there = await openMachine();
  const stop = new AbortController();
  const cut = there.engine.importBundle(
    { file: bundle },
    { signal: stop.signal, onEvent: () => stop.abort() },
  );
  await expect(cut).rejects.toMatchObject({ code: "base/aborted" });
  const [begun] = await there.engine.collections({});
  expect(begun?.passages).toBeGreaterThan(0);
  expect(begun?.passages).toBeLessThan(141);
  await there.engine.importBundle({ file: bundle });
  expect(await answers(there.engine)).toEqual(await answers(home.engine));
});

test("an import that a closed tab cut off is told at the next visit, until it is done or forgotten", async () => {
  const there = await openMachine();
  const stop = new AbortController();
  let during: unknown;
  const cut = (file: Blob, name: string) =>
    there.engine.importBundle(
      { file, name },
      {
        signal: stop.signal,
        onEvent: async () => {
          during ??= await there.engine.begunImports({});
          stop.abort();
        },
      },
    );
  await expect(cut(bundle, "all.sextant.zip")).rejects.toMatchObject({ code: "base/aborted" });
  expect(during).toEqual([]);
  const nextVisit = () => direct(createLocalEngine({ ...there, adaptation: LATER }).handlers) as Engine;
  const begun = await nextVisit().begunImports({});
  expect(begun).toMatchObject([{ name: "all.sextant.zip" }]);
  expect((await nextVisit().status({})).pending).toEqual([]);
  await nextVisit().forgetImport({ id: begun[0]!.id });
  expect(await nextVisit().begunImports({})).toEqual([]);
  const [half] = (await nextVisit().status({})).pending;
  expect(half).toMatchObject({ sourceName: expect.stringMatching(/^[ab]\./) as string });
  await nextVisit().index({ collectionId: half!.collectionId, task: "qa" });
  expect((await nextVisit().status({})).pending).toEqual([]);

  await nextVisit().importBundle({ file: bundle });
  expect(await nextVisit().begunImports({})).toEqual([]);
});

test("vectors of another model are refused with the reason; the passages are there, and can be embedded", async () => {
  const there = await openMachine();
  await there.engine.setModel({ modelId: "other", dtype: "fp32" });
  const { refused, vectors } = await there.engine.importBundle({ file: bundle });
  expect(vectors).toBe(0);
  expect(refused.map(({ task }) => task)).toEqual(["qa", "convsearch", "tool"]);
  expect(refused[0]?.why).toContain("fake");
  const [guides] = await there.engine.collections({});
  expect(await there.engine.index({ collectionId: guides?.id ?? -1, task: "qa" })).toMatchObject({
    embedded: 141,
  });
});

test("vectors that only claim to be of this model are refused", async () => {
  const there = await openMachine();
  const encode = there.model.open.bind(there.model);
  there.model.open = async (...input) => {
    const encoder = await encode(...input);
    return {
      ...encoder,
      encode: (texts, options) =>
        encoder.encode(
          texts.map(() => "another"),
          options,
        ),
    };
  };
  const { refused } = await there.engine.importBundle({ file: bundle });
  expect(refused).toHaveLength(3);
  expect(refused[0]?.why).toMatch(/cosine 0\.\d/);
});

test("only the chosen collections are exported; one that is gone is an error", async () => {
  const [guides, tools] = await home.engine.collections({});
  const there = await openMachine();
  await there.engine.importBundle({ file: await exported(home.engine, [tools?.id ?? -1]) });
  expect((await there.engine.collections({})).map(({ name }) => name)).toEqual(["Tools"]);
  await expect(exported(home.engine, [guides?.id ?? -1, 99])).rejects.toMatchObject({
    code: "storage/not-found",
  });
});

test.each([
  ["is cut off", (bytes: Uint8Array) => bytes.subarray(0, bytes.length - 100)],
  ["is no zip file", () => new TextEncoder().encode("not a bundle at all")],
  ["is empty", () => new Uint8Array()],
])("a file that %s is refused, and nothing is stored", async (_, damage) => {
  const there = await openMachine();
  const file = new Blob([new Uint8Array(damage(new Uint8Array(await bundle.arrayBuffer())))]);
  await expect(there.engine.importBundle({ file })).rejects.toMatchObject({ code: "ingest/unreadable" });
  expect(await there.engine.collections({})).toEqual([]);
});

test("a flipped byte anywhere in a bundle's content is noticed", async () => {
  const whole = new Uint8Array(await bundle.arrayBuffer());
  const there = await openMachine();
  for (const part of [0.1, 0.4, 0.6, 0.9]) {
    const damaged = whole.slice();
    const at = Math.floor(whole.length * part);
    damaged[at] = (damaged[at] ?? 0) ^ 1;
    await expect(there.engine.importBundle({ file: new Blob([damaged]) }), `at ${at}`).rejects.toMatchObject({
      code: "ingest/unreadable",
    });
  }
  expect(await there.engine.begunImports({}), "the same file would end the same way").toEqual([]);
});

test("everything is also the answers that were kept and what was chosen; a second import adds none of it again", async () => {
  const [guides] = await home.engine.collections({});
  const collectionId = guides?.id ?? -1;
  const [source] = await home.engine.sources({ collectionId });
  const place = { passageId: 1, sourceId: source?.id ?? -1, sourceName: "a.md", title: "Part 0" };
  const record = {
    query: { task: "qa", question: "How long?" },
    preset: "practical",
    model: "tiny",
    messages: [{ role: "user", content: "How long?" }],
    functions: [],
    sources: [{ ...place, text: "This speaks of item0.", startUtf16: 0, endUtf16: 21 }],
    text: "Three minutes [1].",
    calls: [],
    check: null,
    isPart: false,
  } as const;
  for (const text of ["first", "second"])
    await home.storage.saveAnswer({
      record: { ...record, text },
      savedAt: `2026-11-20T00:00:0${text.length}Z`,
    });
  await home.engine.setAdaptation({ collectionId, task: "qa", choice: "off" });

  const parts: Uint8Array<ArrayBuffer>[] = [];
  await home.engine.exportBundle(
    { preferences: { theme: "dark" } },
    { onEvent: (event) => event.type === "bytes" && parts.push(new Uint8Array(event.bytes)) },
  );
  const everything = new Blob(parts);
  const there = await openMachine();
  const report = await there.engine.importBundle({ file: everything });
  expect(report.preferences).toEqual({ theme: "dark" });
  await there.engine.importBundle({ file: everything });
  const kept = await there.engine.savedAnswers({});
  expect(kept.map(({ savedAt, record: { text } }) => [savedAt, text])).toEqual([
    ["2026-11-20T00:00:06Z", "second"],
    ["2026-11-20T00:00:05Z", "first"],
  ]);
  const [imported] = report.collections;
  const [itsSource] = await there.engine.sources({ collectionId: imported?.id ?? -1 });
  expect(kept[0]?.record.sources[0]).toMatchObject({
    sourceId: itsSource?.id,
    sourceName: "a.md",
    passageId: -1,
  });
  const adaptation = await there.engine.adaptation({ collectionId: imported?.id ?? -1, task: "qa" });
  expect(adaptation).toMatchObject({ choice: "off" });

  const some = await there.engine.importBundle({ file: await exported(home.engine, [collectionId]) });
  expect(some.preferences).toEqual({});
  expect(await there.engine.savedAnswers({})).toHaveLength(2);
});
