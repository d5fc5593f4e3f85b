import { afterEach, beforeEach, expect, test } from "vitest";
import { createRng } from "../../base/rng.ts";
import type { FolderStore, WritableFolder } from "../folder.ts";

/** A store in a place of its own. */
export interface StoreUnderTest {
  readonly store: FolderStore;
  /** The same place as another process finds it. */
  reopen(): Promise<FolderStore>;
  close(): Promise<void>;
}

const text = (value: string) => new TextEncoder().encode(value);

async function write(folder: WritableFolder, path: string, content: string, append = false): Promise<void> {
  const sink = await folder.create(path, { append });
  await sink.write(text(content));
  await sink.close();
}

async function readText(folder: Pick<WritableFolder, "open">, path: string): Promise<string> {
  const source = await folder.open(path);
  return new TextDecoder().decode(await source.read(0, source.sizeBytes));
}

const sorted = async (folder: WritableFolder) =>
  [...(await folder.list())].sort((a, b) => (a.path < b.path ? -1 : 1));

/** What every body of `FolderStore` does, wherever it keeps its files. */
export function storeContract(open: () => Promise<StoreUnderTest>): void {
  let under: StoreUnderTest;
  let store: FolderStore;
  let folder: WritableFolder;

  beforeEach(async () => {
    under = await open();
    store = under.store;
    folder = store.folder("model-a");
  });
  afterEach(() => under.close());

  test("a place that was never written is empty", async () => {
    expect(await store.names()).toEqual([]);
    expect(await folder.list()).toEqual([]);
    await expect(folder.open("config.json")).rejects.toMatchObject({ code: "model/not-found" });
  });

  test("files are listed with their paths and sizes, and read back", async () => {
    await write(folder, "config.json", "{}");
    await write(folder, "onnx/model.onnx", "weights");
    await write(folder, "onnx/parts/a.bin", "");
    expect(await sorted(folder)).toEqual([
      { path: "config.json", sizeBytes: 2 },
      { path: "onnx/model.onnx", sizeBytes: 7 },
      { path: "onnx/parts/a.bin", sizeBytes: 0 },
    ]);
    expect(await readText(folder, "onnx/model.onnx")).toBe("weights");
    expect(await store.names()).toEqual(["model-a"]);
  });

  test("any range is read, and shorter only where the file ends", async () => {
    await write(folder, "a", "0123456789");
    const source = await folder.open("a");
    expect(source.sizeBytes).toBe(10);
    expect(await source.read(3, 6)).toEqual(text("345"));
    expect(await source.read(8, 99)).toEqual(text("89"));
    expect(await source.read(4, 4)).toEqual(text(""));
  });

  test("what comes in pieces of any size lies there in their order", async () => {
    const rng = createRng(5);
    const pieces = Array.from({ length: 40 }, () =>
      Uint8Array.from({ length: Math.floor(rng() * 5000) }, () => Math.floor(rng() * 256)),
    );
    const sink = await folder.create("a");
    for (const piece of pieces) await sink.write(piece);
    const total = pieces.reduce((sum, piece) => sum + piece.length, 0);
    expect(sink.sizeBytes).toBe(total);
    await sink.close();
    const source = await folder.open("a");
    expect(await source.read(0, total)).toEqual(Uint8Array.from(pieces.flatMap((piece) => [...piece])));
  });

  test("a file that is created again starts anew", async () => {
    await write(folder, "a", "a long content");
    await write(folder, "a", "short");
    expect(await readText(folder, "a")).toBe("short");
  });

  test("after opening again everything is there, and appending goes on at the end", async () => {
    await write(folder, "onnx/a", "first ");
    const again = (await under.reopen()).folder("model-a");
    expect(await readText(again, "onnx/a")).toBe("first ");
    const sink = await again.create("onnx/a", { append: true });
    expect(sink.sizeBytes).toBe(6);
    await sink.write(text("second"));
    expect(sink.sizeBytes).toBe(12);
    await sink.close();
    expect(await readText(again, "onnx/a")).toBe("first second");
  });

  test("appending to a file that is not there starts it", async () => {
    await write(folder, "deep/er/a", "x", true);
    expect(await readText(folder, "deep/er/a")).toBe("x");
  });

  test("a removed file is gone, and its neighbours stay", async () => {
    await write(folder, "onnx/a", "a");
    await write(folder, "onnx/b", "b");
    await folder.remove("onnx/a");
    expect(await sorted(folder)).toEqual([{ path: "onnx/b", sizeBytes: 1 }]);
    await expect(folder.open("onnx/a")).rejects.toMatchObject({ code: "model/not-found" });
  });

  test("removing what is not there is no error", async () => {
    await folder.remove("a");
    await folder.remove("deep/a");
    await store.remove("model-b");
    await write(folder, "a", "a");
    await folder.remove("b/c");
    expect(await sorted(folder)).toHaveLength(1);
  });

  test("a removed folder takes everything with it, and no other", async () => {
    const other = store.folder("model-b");
    await write(folder, "onnx/a", "a");
    await write(other, "onnx/a", "of b");
    await store.remove("model-a");
    expect(await folder.list()).toEqual([]);
    expect(await store.names()).toEqual(["model-b"]);
    expect(await readText(other, "onnx/a")).toBe("of b");
  });

  test.each(["", "/a", "a//b", "../a", "a/../b", "a/.", "a\\b", "a:b"])(
    "the path %j is refused",
    async (path) => {
      await expect(folder.create(path)).rejects.toMatchObject({ code: "engine/invalid-input" });
      await expect(folder.open(path)).rejects.toMatchObject({ code: "engine/invalid-input" });
    },
  );
}
