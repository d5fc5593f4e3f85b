import { afterEach, beforeEach, expect, test } from "vitest";
import { direct } from "../boundary/index.ts";
import type { Engine, Mark, Storage, StorageCalls } from "../contract/index.ts";
import { openStorage } from "../storage/index.ts";
import { createLocalEngine } from "./local-engine.ts";
import { pinnedFirst } from "./marked.ts";
import { LATER, createFakeModel } from "./testing/fake-model.ts";

let storage: Storage;
let engine: Engine;
let collectionId: number;

beforeEach(async () => {
  const opened = await openStorage({ where: { kind: "memory" } });
  storage = direct<StorageCalls>(opened.handlers, opened.close);
  engine = direct(createLocalEngine({ storage, model: createFakeModel(), adaptation: LATER }).handlers);
  ({ id: collectionId } = await engine.createCollection({ name: "Notes", kind: "document" }));
  const texts = ["green tea", "green leaves", "a boat"];
  await engine.add({ collectionId, files: texts.map((content, i) => ({ name: `${i}.md`, content })) });
  await engine.index({ collectionId, task: "qa" });
});
afterEach(() => storage.close());

const ask = (question: string) =>
  engine.search({
    collectionIds: [collectionId],
    query: { task: "qa", question },
    mode: "hybrid",
    fusion: "convex",
    policy: "use",
    limit: 3,
  });
const texts = ({ hits }: Awaited<ReturnType<typeof ask>>) => hits.map(({ passage }) => passage.text);

test("a mark is told with its hit for that question alone, and what is pinned comes first until it is taken back", async () => {
  const { hits, query } = await ask("green tea");
  expect(hits.map(({ mark }) => mark)).toEqual([null, null, null]);
  const mark = (place: number, said: Mark | null) =>
    engine.feedback({
      collectionId,
      task: "qa",
      query: query.text,
      passageId: hits[place]?.passage.id ?? -1,
      mark: said,
    });
  await mark(0, "wrong");
  await mark(1, "pinned");
  const marked = await ask("green tea");
  expect(texts(marked)).toEqual(["green leaves", "green tea", "a boat"]);
  expect(marked.hits.map((hit) => hit.mark)).toEqual(["pinned", "wrong", null]);
  expect((await ask("tea")).hits.map((hit) => hit.mark)).toEqual([null, null, null]);
  await mark(1, null);
  expect(texts(await ask("green tea"))).toEqual(["green tea", "green leaves", "a boat"]);
});

test("pinned hits and the others keep their order", () => {
  const marks = new Map<number, Mark>([
    [4, "pinned"],
    [2, "pinned"],
    [1, "right"],
  ]);
  const ranked = [1, 2, 3, 4].map((id) => ({ id }));
  expect(pinnedFirst(ranked, marks).map(({ id }) => id)).toEqual([2, 4, 1, 3]);
});
