import { fromHalf } from "../../../src/base/half.ts";
import { createRng } from "../../../src/base/rng.ts";
import { openSextant } from "../../../src/client/index.ts";
import type { DeviceChoice, Engine, Passage, PickedFile, Sextant } from "../../../src/contract/index.ts";
import { keyTextOf } from "../../../src/tasks/index.ts";
import type { PageCalls, Told } from "../page-calls.ts";
import { documentText } from "../words.ts";

type Tell = (told: Told) => Promise<void>;

const COLLECTION = "torture";
const BUNDLE = "torture.sextant.zip";
const MODEL_FILES = "torture-model/files.json";
const PASSAGES_A_READ = 500;

/** Stored in half precision and embedded again in another batch; vectors of different passages are far below. */
const LEAST_COSINE = 0.995;

let opened: Sextant | null = null;

/** The engine of this page; `device` counts where it is opened. */
export async function engineOf(device: DeviceChoice = "wasm"): Promise<Engine> {
  opened ??= await openSextant({ device, modelsUrl: "/models/" });
  return opened.engine;
}

export async function close(): Promise<void> {
  await opened?.close();
  opened = null;
}

export async function collectionOf(engine: Engine): Promise<number> {
  const found = (await engine.collections({})).find(({ name }) => name === COLLECTION);
  return (found ?? (await engine.createCollection({ name: COLLECTION, kind: "document" }))).id;
}

/** Whether a search for the words of a passage brings it first. */
export async function isFoundFirst(engine: Engine, collectionId: number, text: string): Promise<boolean> {
  const { hits } = await engine.search({
    collectionIds: [collectionId],
    query: { task: "qa", question: text },
    mode: "hybrid",
    fusion: "convex",
    policy: "use",
    limit: 10,
  });
  return hits[0]?.passage.text === text;
}

export async function index({ add }: PageCalls["index"]["in"], tell: Tell): Promise<void> {
  const engine = await engineOf();
  const collectionId = await collectionOf(engine);
  await tell({ type: "started" });
  for (const { name, passages } of add) {
    await tell({ type: "begin", names: [name], to: "living" });
    const content = documentText(name, passages);
    await engine.add({ collectionId, files: [{ name, content }] });
    await tell({ type: "done", names: [name], to: "living" });
    const onEvent = ({ donePassages, sourceName }: { donePassages: number; sourceName: string }): void => {
      if (sourceName === name) void tell({ type: "passages", name, count: donePassages });
    };
    await engine.index({ collectionId, task: "qa" }, { onEvent });
  }
}

export async function remove({ names, seed }: PageCalls["remove"]["in"], tell: Tell): Promise<void> {
  const engine = await engineOf();
  const collectionId = await collectionOf(engine);
  const rng = createRng(seed);
  await tell({ type: "started" });
  for (const name of names) {
    const source = (await engine.sources({ collectionId })).find((one) => one.name === name);
    if (!source) continue;
    await tell({ type: "begin", names: [name], to: "removed" });
    const removal = await engine.removeSources({ sourceIds: [source.id] });
    const { id: removalId, keptUntilMs: untilMs } = removal;
    await tell({ type: "done", names: [name], to: "removed", untilMs });
    const to = rng() < 0.6 ? "living" : "absent";
    await tell({ type: "begin", names: [name], to });
    if (to === "living") await engine.restore({ removalId });
    else await engine.freeRemovals({ removalIds: [removalId] });
    await tell({ type: "done", names: [name], to });
  }
}

export async function trim({ names }: PageCalls["trim"]["in"]): Promise<void> {
  const engine = await engineOf();
  const collectionId = await collectionOf(engine);
  const sources = await engine.sources({ collectionId });
  const sourceIds = sources.filter(({ name }) => names.includes(name)).map(({ id }) => id);
  if (sourceIds.length > 0) await engine.removeSources({ sourceIds });
  await engine.freeRemovals({});
}

async function passagesOf(engine: Engine, collectionId: number): Promise<Passage[]> {
  const all: Passage[] = [];
  for (;;) {
    const { passages } = await engine.passages({ collectionId, offset: all.length, limit: PASSAGES_A_READ });
    all.push(...passages);
    if (passages.length < PASSAGES_A_READ) return all;
  }
}

export async function settle(): Promise<PageCalls["settle"]["out"]> {
  const engine = await engineOf();
  const collectionId = await collectionOf(engine);
  await engine.index({ collectionId, task: "qa" });
  return checkVectors(engine, collectionId);
}

async function checkVectors(engine: Engine, collectionId: number): Promise<PageCalls["settle"]["out"]> {
  const passages = await passagesOf(engine, collectionId);
  const texts = passages.map((passage) => keyTextOf("qa", passage));
  const stored = await engine.storedVectors({ collectionId, task: "qa" });
  const again = await engine.embed({ task: "qa", side: "key", texts });
  const rowById = new Map([...stored.passageIds].map((id, row) => [id, row]));
  const wrong: string[] = [];
  for (const [place, { id }] of passages.entries()) {
    const row = rowById.get(id);
    if (row === undefined) {
      wrong.push(`passage ${id} has no vector after indexing`);
      continue;
    }
    const { dim } = stored;
    const kept = fromHalf(stored.vectors.subarray(row * dim, (row + 1) * dim));
    const cosine = kept.reduce((sum, value, at) => sum + value * (again.vectors[place * dim + at] ?? 0), 0);
    if (cosine < LEAST_COSINE)
      wrong.push(`the vector of passage ${id} is not its own: cosine ${cosine.toFixed(3)}`);
  }
  return { wrong, checked: passages.length };
}

export async function makeBundle(): Promise<PageCalls["makeBundle"]["out"]> {
  const engine = await engineOf();
  const root = await navigator.storage.getDirectory();
  const file = await (await root.getFileHandle(BUNDLE, { create: true })).createWritable();
  const { passages } = await engine.exportBundle(
    {},
    {
      onEvent: (event) =>
        event.type === "bytes" ? file.write(event.bytes as Uint8Array<ArrayBuffer>) : undefined,
    },
  );
  await file.close();
  return { passages };
}

async function bundleFile(): Promise<File> {
  const root = await navigator.storage.getDirectory();
  return (await root.getFileHandle(BUNDLE)).getFile();
}

export async function importBundle(tell: Tell): Promise<void> {
  const engine = await engineOf();
  const file = await bundleFile();
  await tell({ type: "started" });
  await engine.importBundle(
    { file },
    { onEvent: ({ donePassages }) => void tell({ type: "passages", name: "import", count: donePassages }) },
  );
}

export async function settleImport({
  passages,
}: PageCalls["settleImport"]["in"]): Promise<PageCalls["settleImport"]["out"]> {
  const engine = await engineOf();
  const report = await engine.importBundle({ file: await bundleFile() });
  const wrong: string[] = report.refused.map(({ why }) => why);
  if (report.passages !== passages) wrong.push(`${report.passages} of ${passages} passages were imported`);
  for (const { id } of report.collections) {
    wrong.push(...(await checkVectors(engine, id)).wrong);
    const { id: removalId } = await engine.deleteCollection({ collectionId: id });
    await engine.freeRemovals({ removalIds: [removalId] });
  }
  const others = (await engine.collections({})).filter(({ name }) => name !== COLLECTION);
  for (const { name } of others) wrong.push(`an import that was cut off left “${name}”`);
  return { wrong };
}

async function publishedModel(): Promise<readonly PickedFile[]> {
  const paths = (await (await fetch(`/${MODEL_FILES}`)).json()) as readonly string[];
  return Promise.all(
    paths.map(async (path) => ({ path, content: await (await fetch(`/torture-model/${path}`)).blob() })),
  );
}

const request = async () =>
  ({ origin: { from: "files", name: "torture", files: await publishedModel() }, dtype: "q8" }) as const;

export async function convert(tell: Tell): Promise<void> {
  const engine = await engineOf();
  const wanted = await request();
  await tell({ type: "started" });
  await engine.addModel(wanted);
}

export async function settleModel(): Promise<PageCalls["settleModel"]["out"]> {
  const engine = await engineOf();
  const wrong: string[] = [];
  const before = (await engine.status({})).model;
  // Whatever is offered as ready must open and compute what it should.
  const opens = async (modelId: string): Promise<void> => {
    await engine.setModel({ modelId, dtype: "q8" });
    const { lowestCosine, leastCosine } = await engine.checkModel({});
    if (lowestCosine < leastCosine) wrong.push(`the model converted wrongly: cosine ${lowestCosine}`);
    await engine.setModel({ modelId: before.id, dtype: "q8" });
  };
  const ready = (await engine.models({})).filter(({ bundled, variants }) => !bundled && variants.length > 0);
  for (const { id } of ready) await opens(id);
  const { modelId } = await engine.addModel(await request());
  if (ready.length === 0) await opens(modelId);
  await engine.removeModel({ modelId });
  return { wrong, orphanBytes: await bytesBelow("sextant-models") };
}

async function bytesBelow(directory: string): Promise<number> {
  const root = await navigator.storage.getDirectory();
  const count = async (folder: FileSystemDirectoryHandle): Promise<number> => {
    let bytes = 0;
    for await (const handle of folder.values())
      bytes +=
        handle.kind === "file"
          ? (await (handle as FileSystemFileHandle).getFile()).size
          : await count(handle as FileSystemDirectoryHandle);
    return bytes;
  };
  return count(await root.getDirectoryHandle(directory, { create: true }));
}
