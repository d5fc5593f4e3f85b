import { afterEach, expect, test } from "vitest";
import { closeMachines, exported, openMachine, type Machine } from "../testing/machine.ts";

afterEach(closeMachines);

/** Each batch that is stored awaits `before` first. */
const withAppends = (before: () => Promise<unknown>): Promise<Machine> =>
  openMachine(({ appendPassages }) => ({
    appendPassages: async (...given) => before().then(() => appendPassages(...given)),
  }));

/** A collection of so many passages, of which one far back was edited, as a file. */
async function backup(count: number, edited: number, marked = 0): Promise<Blob> {
  const { engine } = await openMachine();
  const { id: collectionId } = await engine.createCollection({ name: "c", kind: "example" });
  const content = Array.from({ length: count }, (_, i) =>
    JSON.stringify({ input: `question ${i}`, output: `answer ${i}` }),
  ).join("\n");
  await engine.add({ collectionId, files: [{ name: "a.jsonl", content }] });
  await engine.index({ collectionId, task: "icl" });
  const { passages } = await engine.passages({ collectionId, offset: 0, limit: count });
  const edit = { kind: "example", output: "MY EDIT" } as const;
  await engine.editPassage({ passageId: passages[edited]!.id, edit });
  const mark = { query: "q", passageId: passages[marked]!.id, mark: "pinned" } as const;
  await engine.feedback({ collectionId, task: "icl", ...mark });
  return exported(engine);
}

/** An import that ends after its first batch. */
async function cutOff({ engine }: Machine, file: Blob): Promise<void> {
  const stop = new AbortController();
  const options = { signal: stop.signal, onEvent: () => stop.abort() };
  await expect(engine.importBundle({ file }, options)).rejects.toMatchObject({ code: "base/aborted" });
}

/** What a page does when it opens: it finishes what is pending. */
async function resume({ engine }: Machine): Promise<number> {
  const { pending } = await engine.status({});
  for (const { collectionId } of pending) await engine.index({ collectionId, task: "icl" });
  return pending.length;
}

async function answersOf({ engine }: Machine): Promise<string[]> {
  const collectionId = (await engine.collections({}))[0]?.id ?? -1;
  const { passages } = await engine.passages({ collectionId, offset: 0, limit: 1000 });
  return passages.map(({ record }) => (record.kind === "example" ? record.output : ""));
}

const answers = (count: number, edited: number) =>
  Array.from({ length: count }, (_, i) => (i === edited ? "MY EDIT" : `answer ${i}`));

test("another tab that resumes what is pending leaves a source alone that is being imported", async () => {
  const file = await backup(140, 135);
  let batches = 0;
  let resumed = -1;
  const there: Machine = await withAppends(async () => {
    if (++batches === 2) resumed = await resume(there);
  });
  expect(await there.engine.importBundle({ file })).toMatchObject({ passages: 140, vectors: 140 });
  expect(resumed).toBe(0);
  expect(await answersOf(there)).toEqual(answers(140, 135));
});

test("after an import that was cut off nothing is cut from the text: the rest comes from the file, edits included", async () => {
  const file = await backup(140, 135);
  const there = await openMachine();
  await cutOff(there, file);
  const collectionId = (await there.engine.collections({}))[0]?.id ?? -1;
  expect(await resume(there)).toBe(0);
  expect(await there.engine.indexPlan({ collectionId, task: "icl" })).toMatchObject({ unfinished: 0 });
  await there.engine.importBundle({ file });
  expect(await answersOf(there)).toEqual(answers(140, 135));
});

test("who adds the file of a source that is half imported gets the rest of it from there", async () => {
  const file = await backup(140, 135);
  const there = await openMachine();
  await cutOff(there, file);
  const collectionId = (await there.engine.collections({}))[0]?.id ?? -1;
  const sourceId = (await there.engine.sources({ collectionId }))[0]?.id ?? -1;
  const { text } = await there.engine.readSource({ sourceId });
  await there.engine.add({ collectionId, files: [{ name: "a.jsonl", content: text }] });
  expect(await resume(there)).toBe(1);
  expect(await answersOf(there)).toEqual(answers(140, -1));
});

test("of what an import that was cut off stored, words that are not the file's are put right", async () => {
  const file = await backup(140, 5);
  const there = await openMachine();
  await cutOff(there, file);
  const collectionId = (await there.engine.collections({}))[0]?.id ?? -1;
  const [passage] = (await there.engine.passages({ collectionId, offset: 5, limit: 1 })).passages;
  const words = {
    text: "as its source has it",
    record: { kind: "example", input: "i", output: "o" },
  } as const;
  await there.storage.editPassage({ passageId: passage!.id, words, segments: [] });
  await there.engine.importBundle({ file });
  expect(await answersOf(there)).toEqual(answers(140, 5));
});

test("an edited passage is edited there too, and goes back to what its source says", async () => {
  const file = await backup(20, 12);
  const there = await openMachine();
  const { collections } = await there.engine.importBundle({ file: await again(file) });
  expect(await answersOf(there)).toEqual(answers(20, 12));
  const collectionId = collections[0]?.id ?? -1;
  const listed = async () => (await there.engine.passages({ collectionId, offset: 0, limit: 20 })).passages;
  const edited = (await listed()).filter(({ isEdited }) => isEdited);
  expect(edited.map(({ ordinal }) => ordinal)).toEqual([12]);
  expect(await there.engine.index({ collectionId, task: "icl" })).toMatchObject({ embedded: 0 });
  await there.engine.revertPassage({ passageId: edited[0]!.id });
  expect(await answersOf(there)).toEqual(answers(20, -1));
  expect((await listed()).filter(({ isEdited }) => isEdited)).toEqual([]);
});

/** What a machine exports that has imported the file. */
async function again(file: Blob): Promise<Blob> {
  const { engine } = await openMachine();
  await engine.importBundle({ file });
  return exported(engine);
}

test("two imports that go on with the same file at once store each passage once", async () => {
  const file = await backup(140, 135);
  const there = await openMachine();
  await cutOff(there, file);
  await Promise.all([there.engine.importBundle({ file }), there.engine.importBundle({ file })]);
  expect(await answersOf(there)).toEqual(answers(140, 135));
});

test("importing again after a passage was deleted and one edited changes neither; marks and vectors find the others by content", async () => {
  const file = await backup(20, 12, 10);
  const there = await openMachine();
  await there.engine.setModel({ modelId: "other", dtype: "fp32" });
  const { collections } = await there.engine.importBundle({ file });
  const collectionId = collections[0]?.id ?? -1;
  const { passages } = await there.engine.passages({ collectionId, offset: 0, limit: 20 });
  await there.engine.removePassage({ passageId: passages[3]!.id });
  const edit = { kind: "example", output: "said here" } as const;
  await there.engine.editPassage({ passageId: passages[15]!.id, edit });
  const unmark = { query: "q", passageId: passages[10]!.id, mark: null } as const;
  await there.engine.feedback({ collectionId, task: "icl", ...unmark });

  await there.engine.setModel({ modelId: "fake", dtype: "fp32" });
  const report = await there.engine.importBundle({ file });
  expect(report).toMatchObject({ passages: 18, vectors: 18, refused: [] });
  const now = answers(20, 12).map((answer, i) => (i === 15 ? "said here" : answer));
  expect(await answersOf(there)).toEqual(now.filter((_, i) => i !== 3));
  expect(await there.engine.marks({ collectionId, task: "icl" })).toMatchObject([
    { passageId: passages[10]!.id, mark: "pinned" },
  ]);
  // The edited one alone is embedded.
  expect(await there.engine.index({ collectionId, task: "icl" })).toMatchObject({ embedded: 1 });
  const query = { task: "icl", input: "question 17" } as const;
  const ask = { mode: "semantic", fusion: "convex", policy: "use", limit: 1 } as const;
  const { hits } = await there.engine.search({ collectionIds: [collectionId], query, ...ask });
  expect(hits.map(({ passage }) => passage.id)).toEqual([passages[17]!.id]);
});
