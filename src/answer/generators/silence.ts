import type { SextantError } from "../../contract/index.ts";
import { cutOff } from "./endpoint-faults.ts";

/** Ends a request that hears nothing for too long, or whose caller stops it. */
export interface Silence {
  readonly signal: AbortSignal;
  heard(): void;
  /** Throws: the caller's reason, or `answer/cut-off` when it was silent for too long. */
  throwIfOver(): void;
  end(): void;
}

export function createSilence(limitMs: number, stopped: AbortSignal | undefined): Silence {
  const abort = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = (): SextantError =>
    cutOff(`The server said nothing for ${Math.round(limitMs / 1000)} seconds.`);
  const wait = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => abort.abort(over()), limitMs);
  };
  wait();
  const signal = stopped ? AbortSignal.any([abort.signal, stopped]) : abort.signal;
  return {
    signal,
    heard: wait,
    throwIfOver: () => signal.throwIfAborted(),
    end: () => clearTimeout(timer),
  };
}
