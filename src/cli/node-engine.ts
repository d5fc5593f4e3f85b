import { readFile } from "node:fs/promises";
import { direct } from "../boundary/index.ts";
import { SextantError, type Engine, type StorageCalls } from "../contract/index.ts";
import { createLocalEngine, openModel, type LocalEngine } from "../engine/index.ts";
import { openStorage } from "../storage/index.ts";

export interface NodeEngine extends Pick<LocalEngine, "addPassages" | "close"> {
  readonly face: Engine;
}

const MODELS = new URL("../../public/models/mini/", import.meta.url);

/** The engine of the app in this process, its database in memory: for evaluation, where nothing is kept. */
export async function openNodeEngine(): Promise<NodeEngine> {
  const { handlers, close } = await openStorage({ where: { kind: "memory" } });
  const storage = direct<StorageCalls>(handlers, close);
  const model = openModel({
    read: async (path) => {
      try {
        return new Uint8Array(await readFile(new URL(path, MODELS)));
      } catch (error) {
        const message = `The model's file ${path} cannot be read: check the installation.`;
        throw new SextantError("model/not-found", message, { path }, error);
      }
    },
  });
  const engine = createLocalEngine({ storage, model, device: "wasm" });
  return { face: direct(engine.handlers), addPassages: engine.addPassages, close: engine.close };
}
