import { afterEach, expect, test } from "vitest";
import { sha256 } from "../../base/hash.ts";
import type { Engine } from "../../contract/index.ts";
import { closeMachines, exported, openMachine, type Machine } from "../testing/machine.ts";

afterEach(closeMachines);

/** Each call that an export reads with awaits `before` first. */
const withReads = (
  before: (call: "readSource" | "readSegments" | "listPassages") => Promise<unknown>,
): Promise<Machine> =>
  openMachine(({ readSource, readSegments, listPassages }) => ({
    readSource: async (...given) => before("readSource").then(() => readSource(...given)),
    readSegments: async (...given) => before("readSegments").then(() => readSegments(...given)),
    listPassages: async (...given) => before("listPassages").then(() => listPassages(...given)),
  }));

const examples = (name: string, from: number, count: number) => ({
  name: `${name}.jsonl`,
  content: Array.from({ length: count }, (_, i) =>
    JSON.stringify({ input: `question ${from + i}`, output: `answer ${from + i}` }),
  ).join("\n"),
});

async function fill({ engine }: Machine): Promise<number> {
  const { id: collectionId } = await engine.createCollection({ name: "c", kind: "example" });
  const files = [
    examples("first", 0, 9),
    ...Array.from({ length: 17 }, (_, i) => examples(`${i}`, 100 + i, 1)),
  ];
  await engine.add({ collectionId, files });
  await engine.index({ collectionId, task: "icl" });
  return collectionId;
}

/** Each source with its passages and their vectors. */
async function contentOf({ engine, storage }: Machine) {
  const [collection] = await engine.collections({});
  const collectionId = collection?.id ?? -1;
  const [index] = await storage.indexes({ collectionId });
  const content = [];
  for (const { id: sourceId, name, done, total } of await engine.sources({ collectionId })) {
    const { passages } = await engine.passages({ collectionId, sourceId, offset: 0, limit: 1000 });
    const passageIds = passages.map(({ id }) => id);
    const vectors = await storage.readVectors({ indexId: index?.id ?? -1, passageIds });
    const texts = passages.map(({ text }) => text);
    content.push({ name, done, total, texts, vectors: await sha256(vectors.join()) });
  }
  return content;
}

const passageAt = async (engine: Engine, collectionId: number, offset: number) =>
  (await engine.passages({ collectionId, offset, limit: 1 })).passages[0]?.id ?? -1;

const edit = async (engine: Engine, collectionId: number, output: string) =>
  engine.editPassage({
    passageId: await passageAt(engine, collectionId, 3),
    edit: { kind: "example", output },
  });

interface Meanwhile {
  /** Whether the backup has what was before it, or what is after it. */
  readonly isAsBefore: boolean;
  readonly act: (engine: Engine, collectionId: number) => Promise<unknown>;
}

const MEANWHILE = {
  "a file is added and indexed": {
    isAsBefore: true,
    act: async (engine, collectionId) => {
      await engine.add({ collectionId, files: [examples("late", 5000, 20)] });
      await engine.index({ collectionId, task: "icl" });
    },
  },
  "a source is removed": {
    isAsBefore: false,
    act: async (engine, collectionId) => {
      const [first] = await engine.sources({ collectionId });
      await engine.removeSources({ sourceIds: [first?.id ?? -1] });
    },
  },
  "a passage is deleted": {
    isAsBefore: false,
    act: async (engine, collectionId) =>
      engine.removePassage({ passageId: await passageAt(engine, collectionId, 3) }),
  },
  "a passage is edited": {
    isAsBefore: false,
    act: (engine, collectionId) => edit(engine, collectionId, "other words"),
  },
} satisfies Record<string, Meanwhile>;

test.each([
  ["a file is added and indexed", "readSegments"],
  ["a file is added and indexed", "listPassages"],
  ["a source is removed", "readSource"],
  ["a source is removed", "listPassages"],
  ["a passage is deleted", "readSegments"],
  ["a passage is edited", "listPassages"],
] as const)(
  "a backup is one state of a collection in which %s when %s was called once",
  async (what, call) => {
    const { act, isAsBefore } = MEANWHILE[what];
    let calls = -Infinity;
    let collectionId = -1;
    const home: Machine = await withReads(async (called) => {
      if (called === call && ++calls === 2) await act(home.engine, collectionId);
    });
    collectionId = await fill(home);
    const before = await contentOf(home);
    calls = 0;
    const file = await exported(home.engine);
    const after = await contentOf(home);
    expect(after).not.toEqual(before);
    const there = await openMachine();
    expect(await there.engine.importBundle({ file })).toMatchObject({ refused: [] });
    expect(await contentOf(there)).toEqual(isAsBefore ? before : after);
  },
);

test("a source that is being indexed is backed up as far as it was", async () => {
  const home = await openMachine();
  const { id: collectionId } = await home.engine.createCollection({ name: "c", kind: "example" });
  const { added } = await home.engine.add({ collectionId, files: [examples("a", 0, 300)] });
  const stop = new AbortController();
  const options = {
    signal: stop.signal,
    onEvent: ({ donePassages }: { donePassages: number }) => donePassages > 0 && stop.abort(),
  };
  await expect(home.engine.index({ collectionId, task: "icl" }, options)).rejects.toMatchObject({
    code: "base/aborted",
  });
  const [half] = await home.engine.sources({ collectionId });
  expect(added).toMatchObject([{ total: 300 }]);
  expect(half?.done).toBe(128);
  const there = await openMachine();
  await there.engine.importBundle({ file: await exported(home.engine) });
  expect(await contentOf(there)).toEqual(await contentOf(home));
});

test("a backup of what changes each time that it is read fails, and says so", async () => {
  let collectionId = -1;
  let edits = 0;
  const home: Machine = await withReads(async (called) => {
    if (called === "readSegments") await edit(home.engine, collectionId, `words ${edits++}`);
  });
  collectionId = await fill(home);
  await expect(exported(home.engine)).rejects.toMatchObject({
    code: "storage/conflict",
    message: expect.stringContaining("export again"),
  });
  expect(edits).toBeGreaterThan(1);
});
