import type { Dtype, ModelDescription, PickedFile } from "../../src/contract/index.ts";
import { convertModel } from "../../src/model/index.ts";
import { loadRuntime } from "../../src/model/session/runtime.ts";
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

/** Loads what a conversion needs and converts nothing: for the memory that is taken before. */
export async function runIdle(): Promise<object> {
  await loadRuntime(1);
  return {};
}

/** Converts the picked folder into the origin's private file system. */
export async function runConvertBench(
  { dtype }: ConvertBenchInput,
  files: readonly PickedFile[],
): Promise<ConvertedInBrowser> {
  const { folder } = findPicked("bench", files);
  const target = createOpfsStore(STORE).folder(FOLDER);
  const start = performance.now();
  await convertModel({ description: DESCRIPTION, source: folder, target, dtype });
  const seconds = (performance.now() - start) / 1000;
  const bytesWritten = (await target.list()).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return { seconds, bytesWritten };
}
