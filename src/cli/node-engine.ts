import { readFile } from "node:fs/promises";
import { direct } from "../boundary/index.ts";
import type { Engine, ModelChoice, StorageCalls } from "../contract/index.ts";
import {
  createLocalEngine,
  createMemoryStore,
  createModelPart,
  type FolderStore,
  type LocalEngine,
} from "../engine/index.ts";
import { openStorage } from "../storage/index.ts";

export interface NodeEngine extends Pick<LocalEngine, "addPassages" | "close" | "tools"> {
  readonly face: Engine;
}

export interface NodeEngineOptions {
  /** Models beside the bundled one; default is none. */
  readonly store?: FolderStore;
  /** Default is the bundled model. */
  readonly choice?: ModelChoice;
}

const MODELS = new URL("../../public/models/", import.meta.url);

/** Node's `fetch` knows no `file:` addresses. */
const fetchAny: typeof fetch = async (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input);
  if (url.protocol !== "file:") return fetch(input, init);
  try {
    return new Response(await readFile(url));
  } catch {
    return new Response(null, { status: 404 });
  }
};

/** The engine of the app in this process, its database in memory: for evaluation, where nothing is kept. */
export async function openNodeEngine({ store, choice }: NodeEngineOptions = {}): Promise<NodeEngine> {
  const { handlers, close } = await openStorage({ where: { kind: "memory" } });
  const storage = direct<StorageCalls>(handlers, close);
  const model = createModelPart({
    siteUrl: MODELS.href,
    store: store ?? createMemoryStore(),
    fetchFile: fetchAny,
    isSteady: true,
  });
  const engine = createLocalEngine({ storage, model, device: "wasm" });
  const face = direct(engine.handlers);
  if (choice) await face.setModel(choice);
  const { addPassages, tools, close: end } = engine;
  return { face, addPassages, tools, close: end };
}
