import { expect, test } from "vitest";
import {
  SextantError,
  type AddModelRequest,
  type ModelChoice,
  type PickedFile,
} from "../../contract/index.ts";
import type { FolderStore } from "../folder.ts";
import { readVerified } from "../source/model-files.ts";
import { createMemoryStore } from "../store/memory-store.ts";
import { openLibrary } from "./testing/open-library.ts";
import { graphFiles, pickedFrom, publishedFiles } from "./testing/published.ts";

/** A store in which one write finds no room: the one after so many others. */
function createTightStore() {
  const inner = createMemoryStore();
  let left = Infinity;
  const folder: FolderStore["folder"] = (name) => {
    const own = inner.folder(name);
    return {
      ...own,
      async create(path, options) {
        const sink = await own.create(path, options);
        return {
          get sizeBytes() {
            return sink.sizeBytes;
          },
          close: () => sink.close(),
          async write(bytes) {
            if (left-- === 0) throw new SextantError("storage/full", `No room for ${path}. Free some.`);
            await sink.write(bytes);
          },
        };
      },
    };
  };
  return { store: { ...inner, folder }, failAfter: (writes: number) => void (left = writes) };
}

type Library = ReturnType<typeof openLibrary>["library"];

async function opens(library: Library, choice: ModelChoice): Promise<void> {
  const { manifest, files } = await library.open(choice);
  for (const file of [...Object.values(manifest.files), manifest.weights[choice.dtype]])
    if (file) await readVerified(files, file);
}

const request = (files: readonly PickedFile[], dtype: AddModelRequest["dtype"]): AddModelRequest => ({
  origin: { from: "files", name: "tiny", files },
  dtype,
});

test.each([
  ["converted", pickedFrom(publishedFiles())],
  ["used as it is", pickedFrom(graphFiles())],
] as const)(
  "a model that is %s: wherever the room ends, what worked goes on working",
  async (_form, files) => {
    let failures = 0;
    for (let writes = 0; ; writes++) {
      const { store, failAfter } = createTightStore();
      const { library, again, paths } = openLibrary({ store });
      const q8 = await library.add(request(files, "q8"));
      failAfter(writes);
      const failed = await library.add(request(files, "fp16")).then(
        () => false,
        (error: unknown) => (expect(error).toMatchObject({ code: "storage/full" }), true),
      );
      failAfter(Infinity);
      await opens(again(), q8);
      const fp16 = await again().add(request(files, "fp16"));
      await opens(again(), fp16);
      await opens(again(), q8);
      if (!failed) {
        expect((await paths()).filter((path) => path.includes("reference"))).toHaveLength(1);
        break;
      }
      failures++;
    }
    // The new weights, the reference and the two copies of the manifest at least.
    expect(failures).toBeGreaterThanOrEqual(4);
  },
);

test("a stop at the last moment leaves what worked", async () => {
  const files = pickedFrom(graphFiles());
  const stop = new AbortController();
  const { making } = openLibrary();
  const { library } = openLibrary({
    async preparePipeline(options) {
      const made = await making.preparePipeline(options);
      if (options.dtype === "fp16") stop.abort();
      return made;
    },
  });
  const q8 = await library.add(request(files, "q8"));
  await expect(library.add(request(files, "fp16"), { signal: stop.signal })).rejects.toMatchObject({
    name: "AbortError",
  });
  await opens(library, q8);
});

test("a made folder with another reference is added beside the one in use", async () => {
  const made = openLibrary();
  const { modelId } = await made.library.add(request(pickedFrom(publishedFiles()), "q8"));
  await made.library.add(request(pickedFrom(publishedFiles()), "q4"));
  const [name = ""] = await made.store.names();
  const folder = made.store.folder(name);
  const files: Record<string, Uint8Array<ArrayBuffer>> = {};
  for (const { path, sizeBytes } of await folder.list())
    files[path] = await (await folder.open(path)).read(0, sizeBytes);

  for (let writes = 0, failed = true; failed; writes++) {
    const { store, failAfter } = createTightStore();
    const { library, again } = openLibrary({ store });
    const q8 = await library.add(request(pickedFrom(publishedFiles()), "q8"));
    expect(q8.modelId).toBe(modelId);
    failAfter(writes);
    failed = await library.add(request(pickedFrom(files), "q4")).then(
      () => false,
      () => true,
    );
    failAfter(Infinity);
    await opens(again(), q8);
    await opens(again(), await again().add(request(pickedFrom(files), "q4")));
    await opens(again(), q8);
  }
});
