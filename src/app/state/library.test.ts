import { expect, test } from "vitest";
import { SextantError } from "../../contract/index.ts";
import { selectCollection } from "./select.ts";
import { DOCUMENTS, openStore } from "./testing/open-store.ts";

async function openFilled() {
  const store = openStore();
  await store.actions.queue.add("qa", DOCUMENTS);
  await store.actions.corpus.refresh();
  const collection = selectCollection(store.state.getState(), "qa")!;
  const sources = () => store.state.getState().corpus.sourcesByCollection[collection.id] ?? [];
  return { ...store, collection, sources, library: () => store.state.getState().library };
}

test("what is removed is told of with its undo; undone it is there again and no longer told of", async () => {
  const { actions, sources, library } = await openFilled();
  const [sextant, compass] = sources();
  await actions.library.remove([sextant!, compass!]);
  expect(sources().map(({ name }) => name)).toEqual(["log.md"]);
  const [removal] = library().removals;
  expect(removal).toMatchObject({ name: "sextant.md", sources: 2 });
  expect(library().told).toEqual([removal!.id]);
  await actions.library.undoLast();
  expect(sources()).toHaveLength(3);
  expect(library().removals).toEqual([]);

  await actions.library.remove([compass!]);
  actions.library.dismiss(library().removals[0]!);
  expect(library().told).toEqual([]);
  await actions.library.free();
  expect(library().removals).toEqual([]);
});

test("the source or collection that is on show and removed is left", async () => {
  const { actions, sources, library, collection } = await openFilled();
  const [first] = sources();
  actions.library.show({ collectionId: collection.id, sourceId: first!.id });
  await actions.library.remove([first!]);
  expect(library().place).toEqual({ collectionId: collection.id, sourceId: null });
  await actions.library.deleteCollection(collection.id);
  expect(library().place).toEqual({ collectionId: null, sourceId: null });
});

test("a name that is refused and an edit that fails are said, and the old stays", async () => {
  const { actions, sources, engine, state } = await openFilled();
  engine.failWith("renameSource", new SextantError("engine/invalid-input", "No."));
  await actions.library.renameSource(sources()[0]!, "x");
  expect(sources()[0]!.name).toBe("sextant.md");
  expect(state.getState().jobs.failures).toMatchObject([{ code: "engine/invalid-input" }]);
  engine.failWith("renameSource", null);
  await actions.library.renameSource(sources()[0]!, "Winkel.md");
  expect(sources()[0]!.name).toBe("Winkel.md");
  expect(state.getState().jobs.failures).toEqual([]);
});

test("an export goes piece by piece where it is wanted; stopped or failed, nothing of it stays", async () => {
  const { actions, engine, state } = await openFilled();
  engine.exportBundle = async (_, { signal, onEvent } = {}) => {
    for (const byte of [1, 2, 3]) {
      await Promise.resolve();
      signal?.throwIfAborted();
      await onEvent?.({ type: "bytes", bytes: Uint8Array.of(byte) });
      onEvent?.({ type: "progress", donePassages: byte, totalPassages: 3 });
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    return { collections: 1, passages: 3, sizeBytes: 3 };
  };
  const target = (failAt = 9) => {
    const told: unknown[] = [];
    return {
      told,
      write: async ([byte]: Uint8Array) => {
        if (byte === failAt) throw new SextantError("storage/full", "The disk is full.");
        told.push(byte);
      },
      close: async () => void told.push("whole"),
      abort: async () => void told.push("gone"),
    };
  };
  const whole = target();
  await actions.library.exportBundle("all", null, whole);
  expect(whole.told).toEqual([1, 2, 3, "whole"]);

  const full = target(2);
  await actions.library.exportBundle("all", null, full);
  expect(full.told).toEqual([1, "gone"]);
  expect(state.getState().jobs.failures).toMatchObject([{ code: "storage/full" }]);

  const stopped = target();
  const stopAtFirst = async (bytes: Uint8Array): Promise<void> => {
    actions.jobs.stop(state.getState().jobs.running[0]!.id);
    await stopped.write(bytes);
  };
  await actions.library.exportBundle("all", null, { ...stopped, write: stopAtFirst });
  expect(stopped.told).toEqual([1, "gone"]);
});

test("an import that was stopped can go on; a broken file cannot, and vectors left out are offered", async () => {
  const { actions, engine, library, collection } = await openFilled();
  const file = new File(["x"], "all.sextant.zip");
  const refused = {
    collectionId: collection.id,
    task: "qa",
    modelKey: "other",
    why: "Another model.",
  } as const;
  const begun = { id: "a", name: file.name };
  engine.begunImports = async () => [begun];
  engine.failWith("importBundle", new SextantError("base/aborted", "Stopped."));
  await actions.library.importBundle(file);
  expect(library()).toMatchObject({ begun: [begun], atHand: ["all.sextant.zip"] });
  engine.begunImports = async () => [];
  engine.failWith("importBundle", new SextantError("ingest/unreadable", "Broken."));
  await actions.library.resumeImport(begun);
  expect(library()).toMatchObject({ begun: [], atHand: [] });
  engine.failWith("importBundle", null);
  engine.importBundle = async () => ({
    collections: [collection],
    passages: 3,
    vectors: 0,
    refused: [refused],
    preferences: { "sextant.theme": "dark", "sextant.answer-server": "https://elsewhere.example" },
  });
  await actions.library.importBundle(file);
  expect(library()).toMatchObject({ begun: [], refused: [refused] });
  const before = engine.calls.filter((call) => call === "index").length;
  await actions.library.embedAgain(refused);
  expect(engine.calls.filter((call) => call === "index").length).toBe(before + 1);
  expect(library().refused).toEqual([]);
});

test("an import that an earlier visit left is told at the start, and can be forgotten", async () => {
  const { actions, engine, state } = openStore();
  const begun = { id: "a", name: "all.sextant.zip" };
  engine.begunImports = async () => [begun];
  await actions.model.start(new AbortController().signal);
  await expect.poll(() => state.getState().library).toMatchObject({ begun: [begun], atHand: [] });
  engine.begunImports = async () => [];
  await actions.library.forgetImport(begun);
  expect(engine.calls).toContain("forgetImport");
  expect(state.getState().library.begun).toEqual([]);
});

test("the collection that was chosen is chosen again at the next visit, also where the stored choice is no such thing", async () => {
  const { actions, preferences, collection } = await openFilled();
  await actions.corpus.create("qa", "Ships");
  const next = openStore({ readPreference: (name) => preferences.get(name) ?? null });
  const { chosen } = next.state.getState().corpus;
  expect(chosen.document).toBeGreaterThan(collection.id);
  for (const stored of ["{", "7", '{"document":"x","film":3}']) {
    const broken = openStore({ readPreference: () => stored });
    expect(broken.state.getState().corpus.chosen).toEqual({});
  }
});
