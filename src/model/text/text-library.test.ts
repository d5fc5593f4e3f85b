import { expect, test } from "vitest";
import { createMemoryStore } from "../store/memory-store.ts";
import { createNextWordModel } from "./testing/next-word-model.ts";
import { createTextLibrary, readTextModel } from "./text-library.ts";

const HUB = { endpoint: "http://localhost:1", token: null };
const context = { signal: new AbortController().signal, emit: () => undefined };

function openLibrary() {
  const store = createMemoryStore();
  const library = createTextLibrary({
    store,
    hub: () => HUB,
    fetchFile: () => Promise.reject(new TypeError("nothing may be fetched")),
  });
  return { store, library };
}

const picked = (files: Readonly<Record<string, Uint8Array<ArrayBuffer>>>) =>
  Object.entries(files).map(([path, bytes]) => ({ path: `tiny/${path}`, content: new Blob([bytes]) }));

test("a model from files is kept whole in transformers.js' layout, listed and deleted", async () => {
  const { store, library } = openLibrary();
  const files = { ...createNextWordModel(), "README.md": new TextEncoder().encode("not needed") };
  const origin = { from: "files", name: "tiny", files: picked(files) } as const;
  const entry = await library.add({ origin, dtype: "fp32" }, context);
  expect(entry).toMatchObject({ name: "tiny", repository: null, dtype: "fp32" });
  expect(await library.list()).toEqual([entry]);
  const contents = await readTextModel(store.folder(entry.id));
  expect(Object.keys(contents).toSorted()).toEqual(Object.keys(createNextWordModel()).toSorted());
  expect(contents["onnx/model.onnx"]).toEqual(createNextWordModel()["onnx/model.onnx"]);
  const sizes = Object.values(createNextWordModel()).map(({ length }) => length);
  expect(entry.sizeBytes).toBe(sizes.reduce((sum, size) => sum + size, 0));
  await library.remove(entry.id);
  expect(await library.list()).toEqual([]);
});

test("what is no export of a language model, or lacks the precision, is refused; half a model is not listed", async () => {
  const { library } = openLibrary();
  const { "onnx/model.onnx": graph, ...small } = createNextWordModel();
  const add = (files: Readonly<Record<string, Uint8Array<ArrayBuffer>>>, dtype: "fp32" | "q4" = "fp32") =>
    library.add({ origin: { from: "files", name: "tiny", files: picked(files) }, dtype }, context);
  await expect(add({ ...small, "model.safetensors": new Uint8Array(8) })).rejects.toMatchObject({
    code: "model/unsupported",
  });
  await expect(add({ ...small, "onnx/model.onnx": graph ?? new Uint8Array() }, "q4")).rejects.toMatchObject({
    code: "model/not-found",
  });
  expect(await library.list()).toEqual([]);
});

test("two models with names of other letters stand side by side, and beside a repository of the same name", async () => {
  const { store, library } = openLibrary();
  const names = ["通义千问", "智谱清言", "owner--tiny", "owner/tiny", "owner tiny"];
  for (const name of names) {
    const origin = { from: "files", name, files: picked(createNextWordModel()) } as const;
    await library.add({ origin, dtype: "fp32" }, context);
  }
  const listed = await library.list();
  expect(listed.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
  expect(listed.map(({ id }) => id)).not.toContain("owner--tiny--fp32");
  for (const { id } of listed) expect(await readTextModel(store.folder(id))).toEqual(createNextWordModel());
});

test("a model that is cut off while another takes its place is not taken for whole; the next try makes it so", async () => {
  const { library } = openLibrary();
  const origin = () => ({ from: "files", name: "tiny", files: picked(createNextWordModel()) }) as const;
  const entry = await library.add({ origin: origin(), dtype: "fp32" }, context);
  const stop = new AbortController();
  const emit = ({ file }: { readonly file: string }): void => {
    if (file === "tiny/tokenizer.json" || file === "tokenizer.json") stop.abort();
  };
  const replacing = library.add({ origin: origin(), dtype: "fp32" }, { signal: stop.signal, emit });
  await expect(replacing).rejects.toMatchObject({ name: "AbortError" });
  expect(await library.list()).toEqual([]);
  await library.add({ origin: origin(), dtype: "fp32" }, context);
  expect(await library.list()).toEqual([entry]);
});
