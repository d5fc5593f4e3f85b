import { createEngineWorker, createStorageWorker, type ReadyWorkers } from "./start-workers.ts";

/** The workers of a tab that waits for the engine to become its own. */
export interface Standby {
  readonly isReady: boolean;
  /** Hands them over, where there are any. */
  take(): ReadyWorkers | undefined;
  close(): void;
}

/** Held by the tab that waits in front: a second one has no workers ready. */
const NEXT = "sextant-next";

/** By then the tab has shown its page, and a takeover that made it the next is over: both want the cores. */
const SETTLED_MS = 5000;

/** Compiled code of the runtimes takes some tens of MB: not where there are few. Units: GB, as browsers tell it. */
const LEAST_MEMORY_GB = 4;

/**
 * Loads and compiles, in the tab whose turn is next, what it will need to take over. Neither database nor model is opened: of
 * those there is one.
 */
export function standBy(granted: Promise<void>, settledMs = SETTLED_MS): Standby {
  const leave = new AbortController();
  const left = new Promise<void>((resolve) => leave.signal.addEventListener("abort", () => resolve()));
  const over = Promise.race([granted, left]).catch(() => undefined);
  let ready: ReadyWorkers | undefined;

  const drop = (): void => {
    ready?.storage.terminate();
    ready?.engine.terminate();
    ready = undefined;
  };
  const prepare = async (): Promise<void> => {
    const settled = new Promise<"waits">((resolve) => setTimeout(() => resolve("waits"), settledMs));
    if ((await Promise.race([over, settled])) !== "waits") return;
    ready = { storage: createStorageWorker(), engine: createEngineWorker() };
    // A worker that cannot start now may when it is wanted, and tells then.
    for (const worker of [ready.storage, ready.engine]) worker.addEventListener("error", drop);
    await over;
  };
  const { deviceMemory = LEAST_MEMORY_GB } = navigator as { readonly deviceMemory?: number };
  if (deviceMemory >= LEAST_MEMORY_GB)
    navigator.locks.request(NEXT, { signal: leave.signal }, prepare).catch(() => undefined);

  return {
    get isReady() {
      return ready !== undefined;
    },
    take() {
      const taken = ready;
      ready = undefined;
      return taken;
    },
    close() {
      leave.abort();
      drop();
    },
  };
}
