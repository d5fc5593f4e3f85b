import { SextantError } from "../contract/index.ts";

/** The right to be the only owner of something named, until released, stolen, or the thread ends. */
export interface Lease {
  /** Settles when another thread has stolen it; stays pending otherwise. */
  readonly lost: Promise<void>;
  release(): void;
}

/**
 * Takes the Web Lock `name`, at once or not at all.
 *
 * Throws: `storage/busy-elsewhere` when another thread holds it and `steal` is not set,
 * `storage/unavailable` where there are no Web Locks.
 */
export function holdLease(name: string, options: { readonly steal?: boolean } = {}): Promise<Lease> {
  const locks = typeof navigator === "undefined" ? undefined : (navigator.locks as LockManager | undefined);
  if (!locks)
    throw new SextantError(
      "storage/unavailable",
      "This browser cannot keep two tabs apart (no Web Locks): open Sextant over HTTPS in a current browser.",
      { name },
    );
  const mode = options.steal ? { steal: true } : { ifAvailable: true };
  return new Promise((resolve, reject) => {
    let lose: () => void = () => undefined;
    const lost = new Promise<void>((settle) => (lose = settle));
    let held = false;
    locks
      .request(name, mode, (lock) => {
        if (!lock) {
          const message = "Sextant is open in another tab of this browser: use that one, or take over here.";
          throw new SextantError("storage/busy-elsewhere", message, { name });
        }
        held = true;
        return new Promise<void>((release) => resolve({ lost, release }));
      })
      .catch((error: unknown) => {
        if (held) lose();
        else reject(error);
      });
  });
}
