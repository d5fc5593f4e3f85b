import { readFile, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { SextantError, type AddModelProgress, type Dtype } from "../contract/index.ts";
import type { FolderStore, ModelManifest } from "../engine/index.ts";
import { openNodeEngine, type NodeEngine } from "./node-engine.ts";
import { createNodeFolder, createNodeFolderStore } from "./node-folder.ts";

/** Where commands keep models and what they download. */
export const DEFAULT_CACHE = join(homedir(), ".cache", "sextant");

export interface ChosenModel {
  /** A folder that `convert` wrote, a model of the catalog by its id, or a repository of the hub. */
  readonly model: string;
  readonly dtype: Dtype;
  readonly cache: string;
  readonly onProgress: (progress: AddModelProgress) => void;
}

/** The engine in this process with a model other than the bundled one; what is not on the disk is fetched and converted. */
export async function openChosenEngine({
  model,
  dtype,
  cache,
  onProgress,
}: ChosenModel): Promise<NodeEngine> {
  const found = await stat(model).catch(() => null);
  if (found?.isDirectory()) {
    const choice = { modelId: await readId(model), dtype };
    return openNodeEngine({ store: storeOf(model), choice });
  }
  const engine = await openNodeEngine({ store: createNodeFolderStore(cache) });
  try {
    const token = process.env["HF_TOKEN"];
    const endpoint = process.env["HF_ENDPOINT"];
    await engine.face.hub({ ...(token ? { token } : {}), ...(endpoint ? { endpoint } : {}) });
    const known = (await engine.face.models({})).find(({ id }) => id === model);
    if (known?.bundled || known?.architecture === "none") {
      await engine.face.setModel({ modelId: known.id, dtype });
      return engine;
    }
    const origin = { from: "hub", repository: known?.repository ?? model } as const;
    await engine.face.setModel(await engine.face.addModel({ origin, dtype }, { onEvent: onProgress }));
    return engine;
  } catch (error) {
    await engine.close();
    throw error;
  }
}

/** A store whose one folder lies at `path`, whatever the model is called. */
function storeOf(path: string): FolderStore {
  return {
    names: async () => [],
    folder: () => createNodeFolder(path),
    remove: () => Promise.reject(new TypeError("a folder that was named is not removed")),
  };
}

async function readId(path: string): Promise<string> {
  try {
    return (JSON.parse(await readFile(join(path, "sextant.json"), "utf8")) as ModelManifest).id;
  } catch (error) {
    throw new SextantError(
      "model/not-found",
      `${path} holds no model that can be opened. Convert it first: sextant convert ${path} --out <folder>.`,
      { path },
      error,
    );
  }
}
