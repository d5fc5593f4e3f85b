import type { Dtype, ModelDescription, PickedFile } from "../../src/contract/index.ts";
import { convertModel } from "../../src/model/index.ts";
import { findPicked } from "../../src/model/source/picked.ts";
import { createOpfsStore } from "../../src/model/store/opfs-store.ts";

/** Where the converted model lies, below the origin's private file system. */
export const STORE = "bench-models";
export const FOLDER = "converted";

export interface ConvertBenchInput {
  readonly dtype: Dtype;
}

export interface ConvertedInBrowser {
  readonly seconds: number;
  readonly bytesWritten: number;
  /** The largest JavaScript heap that was seen; null where the browser does not tell. */
  readonly heapBytes: number | null;
}

export const DESCRIPTION: ModelDescription = {
  id: "bench",
  name: "Bench",
  repository: null,
  revision: null,
  architecture: "bert",
  dim: null,
  maxTokens: null,
  pooling: "cls",
  similarity: "cosine",
  prefixes: "tasks",
  languages: [],
  licence: "none",
  unknown: [],
};

/** Converts the picked folder into the origin's private file system. */
export async function runConvertBench(
  { dtype }: ConvertBenchInput,
  files: readonly PickedFile[],
): Promise<ConvertedInBrowser> {
  const { folder } = findPicked("bench", files);
  const target = createOpfsStore(STORE).folder(FOLDER);
  let heapBytes: number | null = null;
  const start = performance.now();
  await convertModel({
    description: DESCRIPTION,
    source: folder,
    target,
    dtype,
    onProgress: () => {
      const used = usedHeap();
      if (used !== null) heapBytes = Math.max(used, heapBytes ?? 0);
    },
  });
  const seconds = (performance.now() - start) / 1000;
  const bytesWritten = (await target.list()).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return { seconds, bytesWritten, heapBytes };
}

/** Chromium's own; without a word in other browsers. */
function usedHeap(): number | null {
  const { memory } = performance as { memory?: { readonly usedJSHeapSize: number } };
  return memory?.usedJSHeapSize ?? null;
}
