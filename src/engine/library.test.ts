import { afterEach, beforeEach, expect, test } from "vitest";
import { direct } from "../boundary/index.ts";
import type {
  Engine,
  EngineCalls,
  Kind,
  Removal,
  Storage,
  StorageCalls,
  TaskId,
  TaskQuery,
} from "../contract/index.ts";
import { openStorage } from "../storage/index.ts";
import { createLocalEngine, type LocalEngine } from "./local-engine.ts";
import { LATER, createFakeModel, type FakeModel } from "./testing/fake-model.ts";

let storage: Storage;
let model: FakeModel;
let local: LocalEngine;
let engine: Engine;

beforeEach(async () => {
  const opened = await openStorage({ where: { kind: "memory" } });
  storage = direct<StorageCalls>(opened.handlers, opened.close);
  model = createFakeModel();
  local = createLocalEngine({ storage, model, adaptation: LATER });
  engine = direct(local.handlers);
});
afterEach(async () => {
  await local.close();
});

async function fill(kind: Kind, task: TaskId, files: Readonly<Record<string, string>>): Promise<number> {
  const { id } = await engine.createCollection({ name: kind, kind });
  const named = Object.entries(files).map(([name, content]) => ({ name, content }));
  const { notices } = await engine.add({ collectionId: id, files: named });
  expect(notices.filter(({ level }) => level === "error")).toEqual([]);
  await engine.index({ collectionId: id, task });
  return id;
}

async function found(collectionId: number, query: TaskQuery, mode: "hybrid" | "semantic" = "hybrid") {
  const settings = { mode, fusion: "convex", policy: "use", limit: 9 } as const;
  const { hits, notIndexed } = await engine.search({ collectionIds: [collectionId], query, ...settings });
  expect(notIndexed).toBe(0);
  return hits;
}

const BOATS = {
  "sloop.md": "# Sloop\n\nA sloop carries one mast.",
  "ketch.md": "# Ketch\n\nA ketch carries two masts, the smaller one behind.",
  "yawl.md": "# Yawl\n\nA yawl carries two masts as well.",
};
const MASTS = { task: "qa", question: "which boat carries two masts?" } as const;

test("undoing a removal after the file was added again brings back edits and pins, and the search meets each passage once", async () => {
  const content = [0, 1, 2]
    .map((i) => JSON.stringify({ input: `mast ${i}`, output: `answer ${i}` }))
    .join("\n");
  const id = await fill("example", "icl", { "a.jsonl": content });
  const [passage] = (await engine.passages({ collectionId: id, offset: 0, limit: 1 })).passages;
  const passageId = passage!.id;
  await engine.editPassage({ passageId, edit: { kind: "example", output: "said here" } });
  await engine.feedback({ collectionId: id, task: "icl", query: "mast", passageId, mark: "pinned" });
  const [source] = await engine.sources({ collectionId: id });
  const { id: removalId } = await engine.removeSources({ sourceIds: [source!.id] });
  await engine.add({ collectionId: id, files: [{ name: "a.jsonl", content }] });
  await engine.index({ collectionId: id, task: "icl" });
  const query = { task: "icl", input: "mast" } as const;
  expect((await found(id, query))[0]?.mark).toBeNull();

  expect(await engine.restore({ removalId })).toMatchObject({ sources: 1 });
  const hits = await found(id, query);
  expect(hits.map((hit) => hit.passage.sourceId)).toEqual([source!.id, source!.id, source!.id]);
  expect(hits[0]).toMatchObject({ mark: "pinned", passage: { id: passageId, isEdited: true } });
});

test("removed sources are found by nothing at once; restored they score as before and nothing is embedded again", async () => {
  const id = await fill("document", "qa", BOATS);
  const before = await found(id, MASTS);
  const [sloop, ketch] = await engine.sources({ collectionId: id });
  const removal = await engine.removeSources({ sourceIds: [ketch!.id, sloop!.id] });
  expect((await found(id, MASTS)).map((hit) => hit.sourceName)).toEqual(["yawl.md"]);
  expect(await engine.removals({})).toEqual([removal]);
  const seen = model.seen.length;
  await engine.restore({ removalId: removal.id });
  expect(await found(id, MASTS)).toEqual(before);
  expect(await engine.index({ collectionId: id, task: "qa" })).toMatchObject({ passages: 0, embedded: 0 });
  expect(model.seen.slice(seen).filter((text) => text.includes("carries one"))).toEqual([]);
});

test("a deleted collection can be brought back, and is searched as before", async () => {
  const id = await fill("document", "qa", BOATS);
  const before = await found(id, MASTS);
  const { id: removalId } = await engine.deleteCollection({ collectionId: id });
  await expect(found(id, MASTS)).rejects.toMatchObject({ code: "storage/not-found" });
  await engine.restore({ removalId });
  expect(await found(id, MASTS)).toEqual(before);
});

test("a collection that is deleted while it is indexed ends quietly, and goes on where it was when it is back", async () => {
  const { id } = await engine.createCollection({ name: "Boats", kind: "document" });
  const files = Object.entries(BOATS).map(([name, content]) => ({ name, content }));
  await engine.add({ collectionId: id, files });
  for (const task of ["qa", "convsearch"] as const) {
    let removal: Promise<Removal> | undefined;
    model.beforeBatch = async () => void (await (removal ??= engine.deleteCollection({ collectionId: id })));
    expect(await engine.index({ collectionId: id, task })).toMatchObject({ passages: 0, notices: [] });
    model.beforeBatch = () => undefined;
    await engine.restore({ removalId: (await removal!).id });
    expect(await engine.index({ collectionId: id, task })).toMatchObject({ passages: 3 });
  }
  expect((await found(id, MASTS))[0]?.passage.text).toContain("two masts");
});

test("what was removed is freed on demand, and at the next start when it is due", async () => {
  const { id: collectionId } = await engine.createCollection({ name: "Boats", kind: "document" });
  const files = Object.entries(BOATS).map(([name, content]) => ({ name, content }));
  const { added } = await engine.add({ collectionId, files });
  const [first, second, third] = added.map(({ id }) => id);
  await engine.removeSources({ sourceIds: [first!] });
  const kept = await engine.removeSources({ sourceIds: [second!] });
  await engine.freeRemovals({ removalIds: [kept.id] });
  expect((await storage.removals({})).map(({ name }) => name)).toEqual(["sloop.md"]);
  await engine.freeRemovals({});
  expect(await storage.removals({})).toEqual([]);

  await storage.removeSources({ sourceIds: [third!], keptUntilMs: Date.now() - 1 });
  expect(await engine.removals({})).toEqual([]);
  const next = createLocalEngine({ storage, model, adaptation: LATER });
  await expect.poll(() => storage.removals({})).toEqual([]);
  expect(await direct<EngineCalls>(next.handlers).collections({})).toMatchObject([{ sources: 0 }]);
});

test("an edited memory is found by its new words under every index of the model, embedded alone, and goes back", async () => {
  const talk =
    "User: Where is the tea?\nAssistant: In the green tin.\n\nUser: And the sugar?\nAssistant: Gone.";
  const id = await fill("exchange", "chat", { "talk.txt": talk });
  const { passages } = await engine.passages({ collectionId: id, offset: 0, limit: 9 });
  const [tea] = passages;
  await found(id, { task: "chat", utterance: "the tea" });
  const seen = model.seen.length;
  const edit = { kind: "exchange", speaker2: "In the cupboard behind the marmalade." } as const;
  const edited = await engine.editPassage({ passageId: tea!.id, edit });
  expect(edited).toMatchObject({
    isEdited: true,
    text: "Where is the tea?\nIn the cupboard behind the marmalade.",
  });
  expect(model.seen.slice(seen)).toEqual([
    expect.stringContaining("Speaker 1: Where is the tea?\nSpeaker 2: In the cupboard behind the marmalade."),
  ]);
  const ask = (utterance: string) => found(id, { task: "chat", utterance }, "semantic");
  const [best] = await ask("cupboard behind the marmalade");
  expect(best?.passage).toEqual(edited);
  expect(best!.semantic!.raw).toBeGreaterThan(0.5);
  expect((await ask("in the green tin"))[0]?.semantic?.raw).toBeLessThan(0.5);
  expect(await engine.revertPassage({ passageId: tea!.id })).toEqual(tea);
  expect((await ask("in the green tin"))[0]).toMatchObject({ passage: { id: tea!.id } });
  expect(await engine.index({ collectionId: id, task: "chat" })).toMatchObject({ embedded: 0 });
});

test("an edit waits for the model that made the other vectors: they are not left as they were", async () => {
  const id = await fill("example", "icl", {
    "e.jsonl": '{"input":"2+2","output":"4"}\n{"input":"sky","output":"blue"}',
  });
  await engine.setModel({ modelId: "other", dtype: "fp32" });
  await engine.index({ collectionId: id, task: "icl" });
  await found(id, { task: "icl", input: "sky" }, "semantic");
  const { passages } = await engine.passages({ collectionId: id, offset: 0, limit: 9 });
  await engine.editPassage({ passageId: passages[0]!.id, edit: { kind: "example", input: "sea" } });
  expect((await found(id, { task: "icl", input: "sea" }, "semantic"))[0]?.passage.text).toBe("sea\n4");
  await engine.setModel({ modelId: "fake", dtype: "fp32" });
  expect(await engine.index({ collectionId: id, task: "icl" })).toMatchObject({ embedded: 1 });
  expect((await found(id, { task: "icl", input: "sea" }, "semantic"))[0]?.passage.text).toBe("sea\n4");
});

test("a document is not edited, a name is not empty, and what is said of a source can be asked again", async () => {
  const id = await fill("document", "qa", {
    "page.html": "<h1>Tea</h1><p>Steep it.</p><script>go()</script>",
  });
  const [source] = await engine.sources({ collectionId: id });
  const { passages } = await engine.passages({ collectionId: id, offset: 0, limit: 1 });
  const edit = { kind: "example", input: "x" } as const;
  await expect(engine.editPassage({ passageId: passages[0]!.id, edit })).rejects.toMatchObject({
    code: "engine/invalid-input",
  });
  const sourceId = source!.id;
  await expect(engine.renameSource({ sourceId, name: "  " })).rejects.toMatchObject({
    code: "engine/invalid-input",
  });
  expect(await engine.renameSource({ sourceId, name: " Tea " })).toMatchObject({ name: "Tea" });
  expect((await found(id, { task: "qa", question: "steep" }))[0]?.sourceName).toBe("Tea");
  const facts = await engine.sourceFacts({ sourceId });
  expect(facts.gaps.map(({ text }) => text).join()).not.toContain("Steep");
  expect(facts.gapCount).toBe(facts.gaps.length);
});

test("one deleted exchange is recalled no more, its file does not bring it back, and undoing does without embedding", async () => {
  const content =
    "User: Where is the tea?\nAssistant: In the green tin.\n\nUser: And the sugar?\nAssistant: Gone.\n\n" +
    "User: What sails at noon?\nAssistant: The ferry.";
  const id = await fill("exchange", "chat", { "talk.txt": content });
  const ask = { task: "chat", utterance: "is there sugar" } as const;
  const first = await found(id, ask);
  const sugar = first.find(({ passage }) => passage.text.includes("sugar"))!.passage;
  const place = { collectionId: id, task: "chat" } as const;
  await engine.feedback({ ...place, query: ask.utterance, passageId: sugar.id, mark: "pinned" });
  const before = await found(id, ask);
  const removal = await engine.removePassage({ passageId: sugar.id });
  const idsOf = (hits: typeof before) => new Set(hits.map(({ passage }) => passage.id));
  const rest = idsOf(before);
  rest.delete(sugar.id);
  expect(idsOf(await found(id, ask))).toEqual(rest);
  expect(await engine.adaptation(place)).toMatchObject({ marks: 0 });
  const again = await engine.add({ collectionId: id, files: [{ name: "talk.txt", content }] });
  expect(again).toMatchObject({
    unchanged: [{ total: 2 }],
    notices: [{ code: "ingest/inexact", message: expect.stringContaining("1 ") as string }],
  });
  await engine.index(place);
  expect(idsOf(await found(id, ask))).toEqual(rest);
  const seen = model.seen.length;
  await engine.restore({ removalId: removal.id });
  expect(await found(id, ask)).toEqual(before);
  expect(model.seen.slice(seen).filter((text) => text.includes("Gone"))).toEqual([]);
  expect(await engine.adaptation(place)).toMatchObject({ marks: 1 });
});

test("a passage that is a part of its source's text is not deleted alone", async () => {
  const id = await fill("document", "qa", BOATS);
  const { passages } = await engine.passages({ collectionId: id, offset: 0, limit: 1 });
  await expect(engine.removePassage({ passageId: passages[0]!.id })).rejects.toMatchObject({
    code: "engine/invalid-input",
  });
});
