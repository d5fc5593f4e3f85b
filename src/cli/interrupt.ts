import { SextantError } from "../contract/index.ts";

/** Aborts when Ctrl+C is pressed; pressed again, the process ends as usual. */
export function untilInterrupted(): AbortSignal {
  const stop = new AbortController();
  process.once("SIGINT", () =>
    stop.abort(new SextantError("base/aborted", "Stopped. Run it again to go on.")),
  );
  return stop.signal;
}
