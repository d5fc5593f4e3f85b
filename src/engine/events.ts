import type { EngineEvent } from "../contract/index.ts";

/** Hands every event to whoever watches at the moment. */
export interface Events {
  emit(event: EngineEvent): void;
  /** Resolves when `signal` aborts. */
  watch(listener: (event: EngineEvent) => void, signal: AbortSignal): Promise<void>;
}

export function createEvents(): Events {
  const listeners = new Set<(event: EngineEvent) => void>();
  return {
    emit: (event) => {
      for (const listener of listeners) listener(event);
    },
    watch: (listener, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        listeners.add(listener);
        signal.addEventListener("abort", () => {
          listeners.delete(listener);
          resolve();
        });
      }),
  };
}
