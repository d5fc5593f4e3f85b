import { openBrowser, type BrowserOptions, type WorkerCall } from "./browser.ts";
import type { PeakBytes } from "./peak-bytes.ts";

export interface WorkerResult<T> {
  readonly browser: string;
  /** Up to the end of the call; null where the system does not tell. */
  readonly peakBytes: PeakBytes | null;
  readonly result: T;
}

/** Calls one function in a worker of a browser of its own. */
export async function runInWorker<T extends object>(
  work: WorkerCall & BrowserOptions,
): Promise<WorkerResult<T>> {
  const browser = await openBrowser(work);
  try {
    const result = await browser.call<T>(work);
    return { browser: browser.version, result, peakBytes: await browser.peakBytes() };
  } finally {
    await browser.close();
  }
}
