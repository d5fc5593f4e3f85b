import {
  connect,
  portLink,
  type EngineStart,
  type StorageNews,
  type StorageStart,
} from "../boundary/index.ts";
import { SextantError, type DeviceChoice, type EngineCalls } from "../contract/index.ts";
import type { EngineRun } from "./restart.ts";

export interface WorkerOptions {
  readonly device: DeviceChoice | null;
  readonly modelsUrl: string;
  /** Takes the database from a thread that still holds it. */
  readonly takeOver: boolean;
  /** Workers that have loaded already. */
  readonly ready?: ReadyWorkers | undefined;
}

/** Workers that wait to be told to begin. */
export interface ReadyWorkers {
  readonly storage: Worker;
  readonly engine: Worker;
}

export function createStorageWorker(): Worker {
  return new Worker(new URL("../workers/storage.worker.ts", import.meta.url), {
    type: "module",
    name: "sextant-storage",
  });
}

export function createEngineWorker(): Worker {
  return new Worker(new URL("../workers/engine.worker.ts", import.meta.url), {
    type: "module",
    name: "sextant-engine",
  });
}

/** The workers of the tab that runs the engine: one database worker, and one engine worker after the other. */
export interface OwnWorkers {
  startEngine(): EngineRun;
  /** Settles when the database is no longer held here. */
  readonly lost: Promise<SextantError>;
  stop(): void;
}

export function startWorkers({ device, modelsUrl, takeOver, ready }: WorkerOptions): OwnWorkers {
  const storageWorker = ready?.storage ?? createStorageWorker();
  let readyEngine = ready?.engine;
  const storageLife = `sextant-storage-${crypto.randomUUID()}`;
  const stopped = new AbortController();

  return {
    lost: storageLost(storageWorker, storageLife, stopped.signal),
    stop() {
      stopped.abort();
      storageWorker.terminate();
      readyEngine?.terminate();
    },
    startEngine() {
      const worker = readyEngine ?? createEngineWorker();
      readyEngine = undefined;
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
      const forStorage: StorageStart = { engine: toStorage.port1, takeOver, life: storageLife };
      storageWorker.postMessage(forStorage, [forStorage.engine]);
      const forEngine: EngineStart = {
        page: toEngine.port2,
        storage: toStorage.port2,
        life,
        modelsUrl,
        device,
      };
      worker.postMessage(forEngine, [forEngine.page, forEngine.storage]);
      return {
        engine: connect<EngineCalls>(link),
        gone: new Promise((resolve) => link.onLost(resolve)),
        isOurs: true,
        stop: () => worker.terminate(),
      };
    },
  };
}

function storageLost(worker: Worker, life: string, stopped: AbortSignal): Promise<SextantError> {
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
      if (data.type === "alive")
        return void navigator.locks.request(life, () => {
          if (!stopped.aborted) broken("it ended");
        });
      resolve(
        new SextantError("storage/busy-elsewhere", "Another tab took over: use that one, or take over here."),
      );
    });
  });
}
