import { SextantError } from "../../contract/index.ts";

/** A worker that was ended holds its files for some milliseconds more. */
const PATIENCE_MS = 2000;
const PAUSE_MS = 20;

/** Waits for a file whose writer is just ending. Throws: `storage/busy-elsewhere` when it goes on. */
export async function whenFree<T>(path: string, action: () => Promise<T>): Promise<T> {
  for (let waitedMs = 0; ; waitedMs += PAUSE_MS) {
    try {
      return await action();
    } catch (error) {
      if (!isNamed(error, "NoModificationAllowedError", "InvalidStateError")) throw error;
      if (waitedMs >= PATIENCE_MS)
        throw new SextantError(
          "storage/busy-elsewhere",
          `${path} is being written by another tab of this browser. Close that tab, then try again.`,
          { path },
          error,
        );
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

/** undefined when a file or a folder on the way is not there. */
export async function orAbsent<T>(looking: Promise<T>): Promise<T | undefined> {
  try {
    return await looking;
  } catch (error) {
    if (isNamed(error, "NotFoundError")) return undefined;
    throw error;
  }
}

export function isNamed(error: unknown, ...names: readonly string[]): boolean {
  return error instanceof Error && names.includes(error.name);
}

export const isQuota = (error: unknown): boolean => isNamed(error, "QuotaExceededError");
