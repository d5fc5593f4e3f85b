import { beforeEach, expect, test } from "vitest";
import { openStore, type OpenedStore } from "../state/testing/open-store.ts";
import { readDropped } from "./dropped-files.ts";
import { takeDropped } from "./take-dropped.ts";

/** What a browser gives for a folder: at most a hundred entries at a time, then none. */
function folder(name: string, children: readonly object[]): object {
  const createReader = () => {
    let next = 0;
    return {
      readEntries(resolve: (entries: readonly object[]) => void) {
        resolve(children.slice(next, next + 100));
        next += 100;
      },
    };
  };
  return { name, isDirectory: true, isFile: false, createReader };
}

const file = (name: string): object => ({
  name,
  isDirectory: false,
  isFile: true,
  file: (resolve: (file: File) => void) => resolve(new File([`Text of ${name}.`], name)),
});

/** A drop that forgets its content once the event was handled, as browsers do. */
async function drop(...entries: readonly (object | File)[]) {
  let handled = false;
  const items = entries.map((entry) => ({
    kind: "file",
    webkitGetAsEntry: () => (handled || entry instanceof File ? null : entry),
    getAsFile: () => (!handled && entry instanceof File ? entry : null),
  }));
  const reading = readDropped({ items } as unknown as Parameters<typeof readDropped>[0]);
  handled = true;
  return reading;
}

const NOTHING_FAILED = { running: [], failures: [] };
let store: OpenedStore;
beforeEach(() => (store = openStore()));

const sourceNames = () =>
  Object.values(store.state.getState().corpus.sourcesByCollection).flatMap((all) =>
    all.map(({ name }) => name),
  );

test("folders are walked to their ends, however many files they have; hidden files are left alone", async () => {
  const many = Array.from({ length: 250 }, (_, i) => file(`${i}.md`));
  const { files, hasFolder, tooMany } = await drop(
    folder("notes", [
      ...many,
      folder("old", [file("a.md")]),
      folder(".git", [file("HEAD")]),
      file(".DS_Store"),
    ]),
    new File(["b"], "b.md"),
  );
  expect(files).toHaveLength(252);
  expect(files.map(({ path }) => path)).toEqual(
    expect.arrayContaining(["notes/0.md", "notes/old/a.md", "b.md"]),
  );
  expect({ hasFolder, tooMany }).toEqual({ hasFolder: true, tooMany: false });
});

test("of a folder only what the task reads is taken, and a folder without it is said", async () => {
  await takeDropped(await drop(folder("notes", [file("a.md"), file("a.png")])), "qa", store.actions);
  expect(sourceNames()).toEqual(["notes/a.md"]);
  await takeDropped(await drop(folder("pictures", [file("a.png")])), "qa", store.actions);
  expect(store.state.getState().corpus.notices).toMatchObject([{ code: "ingest/no-records" }]);
  expect(store.state.getState().jobs).toEqual(NOTHING_FAILED);
});

test("a model's folder is shown and nothing of it is added; documents beside it are", async () => {
  const bert = folder("bert", [
    file("config.json"),
    file("vocab.txt"),
    file("model.safetensors"),
    file("README.md"),
  ]);
  await takeDropped(await drop(bert, folder("notes", [file("a.md")])), "qa", store.actions);
  expect(store.state.getState().models.found).toMatchObject({ name: "bert", files: 3, missing: [] });
  expect(store.state.getState().panel.models).toBe(true);
  expect(store.engine.calls).not.toContain("addModel");
  expect(sourceNames()).toEqual(["notes/a.md"]);
});

test("of two models the first is shown, and the other one named", async () => {
  const [a, b] = ["a", "b"].map((name) =>
    folder(name, [file("config.json"), file("vocab.txt"), file("model.onnx")]),
  );
  await takeDropped(await drop(folder("both", [a!, b!])), "qa", store.actions);
  expect(store.state.getState().models.found?.name).toBe("a");
  expect(store.state.getState().corpus.notices).toMatchObject([{ file: "b", code: "model/unsupported" }]);
});

test("a file that is dropped by itself goes to the engine whatever it is called, which says what it thinks of it", async () => {
  await takeDropped(await drop(new File(["x"], "picture.png")), "qa", store.actions);
  expect(store.engine.calls).toContain("add");
});
