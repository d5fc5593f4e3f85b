import { SextantError, toSextantError } from "../contract/index.ts";

/** The right to be the only owner of something named, until released, stolen, or the thread ends. */
export interface Lease {
  /** Settles when another thread has stolen it; stays pending otherwise. */
  readonly lost: Promise<void>;
  release(): void;
}

/** A page that reloads holds its lease for some milliseconds more. */
const PATIENCE_MS = 2000;

/**
 * Takes the Web Lock `name`, waiting a moment for an owner that is just leaving; `steal` takes it at once.
 *
 * Throws: `storage/busy-elsewhere` when another thread goes on holding it, `storage/unavailable` where there are no Web Locks.
 */
export async function holdLease(
  name: string,
  options: { readonly steal?: boolean; readonly patienceMs?: number } = {},
): Promise<Lease> {
  const locks = typeof navigator === "undefined" ? undefined : (navigator.locks as LockManager | undefined);
  if (!locks)
    throw new SextantError(
      "storage/unavailable",
      "This browser cannot keep two tabs apart (no Web Locks): open Sextant over HTTPS in a current browser.",
      { name },
    );
  const mode = options.steal
    ? { steal: true }
    : { signal: AbortSignal.timeout(options.patienceMs ?? PATIENCE_MS) };
  return new Promise((resolve, reject) => {
    let lose: () => void = () => undefined;
    const lost = new Promise<void>((settle) => (lose = settle));
    let held = false;
    locks
      .request(name, mode, () => {
        held = true;
        return new Promise<void>((release) => resolve({ lost, release }));
      })
      .catch((error: unknown) => {
        if (held) return lose();
        const timedOut = error instanceof DOMException && error.name === "TimeoutError";
        const message = "Sextant is open in another tab of this browser: use that one, or take over here.";
        reject(
          timedOut
            ? new SextantError("storage/busy-elsewhere", message, { name }, error)
            : toSextantError(error, "storage/unavailable"),
        );
      });
  });
}
