import { afterEach, beforeEach, expect, test } from "vitest";
import { connect, portLink } from "../../boundary/index.ts";
import type { Face, PickedFile } from "../../contract/index.ts";
import { writeRandomBert } from "../../../tools/random-bert/write-random-bert.ts";
import { createMemoryStore } from "../store/memory-store.ts";
import type { LibraryCalls, LibraryTestStart } from "./testing/library-test.worker.ts";

const SITE = new URL("/models/", location.href).href;
const SHAPE = { layers: 2, hidden: 32, heads: 4, intermediate: 64, vocabulary: 600, positions: 64 };
const TEXTS = ["a ship sails to the harbour", "bread"];

let directory: string;
let workers: Worker[];
beforeEach(() => {
  directory = `test-${crypto.randomUUID()}`;
  workers = [];
});
afterEach(async () => {
  for (const worker of workers) worker.terminate();
  const root = await navigator.storage.getDirectory();
  // A terminated worker lets go of its files a moment later.
  for (let left = 100; left > 0; left--) {
    const failed = await root.removeEntry(directory, { recursive: true }).catch((error: Error) => error);
    if (!failed || failed.name === "NotFoundError") break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
});

function open(): { library: Face<LibraryCalls>; worker: Worker } {
  const worker = new Worker(new URL("./testing/library-test.worker.ts", import.meta.url), { type: "module" });
  workers.push(worker);
  const { port1, port2 } = new MessageChannel();
  const start: LibraryTestStart = { directory, siteUrl: SITE, port: port2 };
  worker.postMessage(start, [port2]);
  return { library: connect<LibraryCalls>(portLink(port1)), worker };
}

/** What a person drops: a folder with a random BERT of the bundled model's words. */
async function dropped(): Promise<PickedFile[]> {
  const json = async (name: string) => (await (await fetch(`${SITE}mini/${name}`)).json()) as object;
  const tokenizer = {
    tokenizer: await json("tokenizer.json"),
    tokenizerConfig: await json("tokenizer_config.json"),
  };
  const folder = createMemoryStore().folder("bert");
  await writeRandomBert(folder, { shape: SHAPE, seed: 3, format: "safetensors", dtype: "f32", tokenizer });
  const files = (await folder.list()).map(async ({ path, sizeBytes }) => {
    const bytes = await (await folder.open(path)).read(0, sizeBytes);
    return { path: `my-bert/${path}`, content: new Blob([bytes]) };
  });
  return Promise.all(files);
}

test("dropped files are converted, listed, opened, there after a reload, and removed", async () => {
  const { library, worker } = open();
  const phases = new Set<string>();
  const choice = await library.add(
    { origin: { from: "files", name: "my-bert", files: await dropped() }, dtype: "q8" },
    { onEvent: ({ phase }) => phases.add(phase) },
  );
  expect([...phases]).toEqual(["list", "convert", "reference"]);
  expect(await library.list({})).toMatchObject([
    { id: choice.modelId, name: "my-bert", dim: SHAPE.hidden, variants: [{ dtype: "q8" }], original: null },
  ]);
  const before = await library.embed({ choice, texts: TEXTS });
  expect(before).toHaveLength(TEXTS.length * SHAPE.hidden);
  expect(Math.hypot(...before.subarray(0, SHAPE.hidden))).toBeCloseTo(1, 5);

  worker.terminate();
  const again = open().library;
  expect(await again.embed({ choice, texts: TEXTS })).toEqual(before);
  await again.remove({ modelId: choice.modelId });
  expect(await again.list({})).toEqual([]);
  expect(await again.folders({})).toEqual([]);
});

test("a worker that is killed while it downloads leaves what the next one goes on from", async () => {
  const { library, worker } = open();
  const request = { origin: { from: "site", id: "mini" }, dtype: "q8" } as const;
  await new Promise<void>((killed) => {
    const onEvent = ({ file, doneBytes }: { file: string; doneBytes: number }) => {
      if (!file.startsWith("onnx/") || doneBytes === 0) return;
      worker.terminate();
      killed();
    };
    void library.add(request, { onEvent });
  });

  const again = open().library;
  expect(await again.list({})).toMatchObject([{ id: "sextant-mini", variants: [] }]);
  const choice = await again.add(request);
  expect(choice).toEqual({ modelId: "sextant-mini", dtype: "q8" });
  expect(await again.list({})).toMatchObject([{ variants: [{ dtype: "q8" }], original: null }]);
  expect(await again.embed({ choice, texts: TEXTS })).toHaveLength(TEXTS.length * 256);
});

test("what is being added is listed with what has come", async () => {
  const { library } = open();
  const seen: Promise<number>[] = [];
  await library.add(
    { origin: { from: "site", id: "mini" }, dtype: "q8" },
    {
      onEvent: ({ file, doneBytes }) => {
        if (!file.startsWith("onnx/") || doneBytes === 0) return;
        seen.push(library.list({}).then(([entry]) => entry?.original?.doneBytes ?? -1));
      },
    },
  );
  const sizes = await Promise.all(seen);
  expect(sizes.length).toBeGreaterThan(0);
  expect(sizes.some((size) => size > 0)).toBe(true);
});
