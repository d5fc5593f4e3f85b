import {
  connect,
  portLink,
  type EngineStart,
  type StorageNews,
  type StorageStart,
} from "../boundary/index.ts";
import { SextantError, type DeviceChoice, type EngineCalls, type Sextant } from "../contract/index.ts";
import { probeFeatures } from "./features.ts";

export interface OpenOptions {
  /** Overrides the device that was chosen last, for this visit. */
  readonly device?: DeviceChoice;
  /** Takes the database over from another tab, which then stops. */
  readonly takeOver?: boolean;
  /** Folder of the model files; default is `models/` beside the page. */
  readonly modelsUrl?: string;
}

/**
 * Starts the engine and storage workers and opens the database of this origin.
 *
 * Throws: `storage/busy-elsewhere` when another tab has it, `storage/unavailable`, `storage/corrupt`,
 * `storage/newer-schema`, `boundary/lost` when a worker cannot start.
 */
export async function openSextant(options: OpenOptions = {}): Promise<Sextant> {
  const storageWorker = new Worker(new URL("../workers/storage.worker.ts", import.meta.url), {
    type: "module",
    name: "sextant-storage",
  });
  const engineWorker = new Worker(new URL("../workers/engine.worker.ts", import.meta.url), {
    type: "module",
    name: "sextant-engine",
  });
  const toStorage = new MessageChannel();
  const toEngine = new MessageChannel();
  const link = portLink(toEngine.port1);
  const engine = connect<EngineCalls>(link);

  let taken = false;
  const lost = new Promise<SextantError>((resolve) => {
    link.onLost((why) =>
      resolve(
        taken
          ? new SextantError(
              "storage/busy-elsewhere",
              "Another tab took over: use that one, or take over here.",
            )
          : new SextantError(
              "boundary/lost",
              `The engine is gone (${why}). Open it again; what was stored is kept.`,
            ),
      ),
    );
  });
  for (const worker of [storageWorker, engineWorker]) {
    worker.addEventListener("error", (event) => link.lose(event.message || "a worker could not start"));
    worker.addEventListener("messageerror", () => link.lose("a message could not be read"));
  }
  storageWorker.addEventListener("message", ({ data }: MessageEvent<StorageNews>) => {
    if (data.type !== "taken") return;
    taken = true;
    link.lose("another tab took over");
  });
  const stop = async (): Promise<void> => {
    await engine.close();
    engineWorker.terminate();
    storageWorker.terminate();
  };
  void lost.then(stop);

  const forStorage: StorageStart = { engine: toStorage.port1, takeOver: options.takeOver ?? false };
  storageWorker.postMessage(forStorage, [forStorage.engine]);
  const forEngine: EngineStart = {
    page: toEngine.port2,
    storage: toStorage.port2,
    modelsUrl: new URL(options.modelsUrl ?? "models/", document.baseURI).href,
    device: options.device ?? null,
  };
  engineWorker.postMessage(forEngine, [forEngine.page, forEngine.storage]);

  try {
    await engine.collections({});
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    engine,
    features: await probeFeatures(),
    persist: () => navigator.storage.persist(),
    lost,
    close: stop,
  };
}
