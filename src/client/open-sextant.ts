import {
  connect,
  portLink,
  type EngineStart,
  type StorageNews,
  type StorageStart,
} from "../boundary/index.ts";
import { SextantError, type DeviceChoice, type EngineCalls, type Sextant } from "../contract/index.ts";
import { probeFeatures } from "./features.ts";
import { keepRunning, type EngineRun } from "./restart.ts";

export interface OpenOptions {
  /** Overrides the device that was chosen last, for this visit. */
  readonly device?: DeviceChoice;
  /** Takes the database over from another tab, which then stops. */
  readonly takeOver?: boolean;
  /** Folder of the model files; default is `models/` beside the page. */
  readonly modelsUrl?: string;
}

/**
 * Starts the engine and storage workers and opens the database of this origin. An engine worker that dies is
 * replaced; the storage worker holds the database and is not.
 *
 * Throws: `storage/busy-elsewhere` when another tab has it, `storage/unavailable`, `storage/corrupt`,
 * `storage/newer-schema`, `boundary/lost` when a worker cannot start.
 */
export async function openSextant(options: OpenOptions = {}): Promise<Sextant> {
  const storageWorker = new Worker(new URL("../workers/storage.worker.ts", import.meta.url), {
    type: "module",
    name: "sextant-storage",
  });
  const modelsUrl = new URL(options.modelsUrl ?? "models/", document.baseURI).href;

  const startEngine = (): EngineRun => {
    const worker = new Worker(new URL("../workers/engine.worker.ts", import.meta.url), {
      type: "module",
      name: "sextant-engine",
    });
    const toStorage = new MessageChannel();
    const toEngine = new MessageChannel();
    const link = portLink(toEngine.port1);
    const life = `sextant-engine-${crypto.randomUUID()}`;
    // A worker that is ended tells nobody, but lets go of its lock. Its first word comes when it holds it.
    toEngine.port1.addEventListener(
      "message",
      () => void navigator.locks.request(life, () => link.lose("the worker ended")),
      { once: true },
    );
    worker.addEventListener("error", ({ message }) => link.lose(message || "a worker could not start"));
    worker.addEventListener("messageerror", () => link.lose("a message could not be read"));
    const forStorage: StorageStart = { engine: toStorage.port1, takeOver: options.takeOver ?? false };
    storageWorker.postMessage(forStorage, [forStorage.engine]);
    const forEngine: EngineStart = {
      page: toEngine.port2,
      storage: toStorage.port2,
      life,
      modelsUrl,
      device: options.device ?? null,
    };
    worker.postMessage(forEngine, [forEngine.page, forEngine.storage]);
    return {
      engine: connect<EngineCalls>(link),
      gone: new Promise((resolve) => link.onLost(resolve)),
      stop: () => worker.terminate(),
    };
  };
  const { engine, lost: engineLost } = keepRunning(startEngine);

  const stop = async (): Promise<void> => {
    await engine.close();
    storageWorker.terminate();
  };
  const lost = Promise.race([engineLost, storageLost(storageWorker)]);
  void lost.then(stop);

  try {
    await Promise.race([engine.collections({}), lost.then((error) => Promise.reject(error))]);
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

/** Settles when the database is no longer held here. */
function storageLost(worker: Worker): Promise<SextantError> {
  return new Promise((resolve) => {
    const broken = (why: string) =>
      resolve(
        new SextantError(
          "boundary/lost",
          `The database worker is gone (${why}). Open it again; what was stored is kept.`,
          { why },
        ),
      );
    worker.addEventListener("error", ({ message }) => broken(message || "it could not start"));
    worker.addEventListener("messageerror", () => broken("a message could not be read"));
    worker.addEventListener("message", ({ data }: MessageEvent<StorageNews>) => {
      if (data.type !== "taken") return;
      resolve(
        new SextantError("storage/busy-elsewhere", "Another tab took over: use that one, or take over here."),
      );
    });
  });
}
