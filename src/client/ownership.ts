import { SextantError } from "../contract/index.ts";

/** The right to run the engine and the database of this origin, which one tab has at a time. */
export interface Ownership {
  /** Settles once it is this tab's. Rejects when it was and another tab has taken it. */
  readonly granted: Promise<void>;
  release(): void;
}

const OWNER = "sextant-owner";

/** Waits in line for it, or takes it from the tab that has it. */
export function claimOwnership({ steal }: { readonly steal: boolean }): Ownership {
  const leave = new AbortController();
  let release = (): void => leave.abort();
  const granted = new Promise<void>((resolve, reject) => {
    const mode = steal ? { steal } : { signal: leave.signal };
    navigator.locks
      .request(OWNER, mode, () => {
        resolve();
        return new Promise<void>((done) => (release = done));
      })
      .catch((error: unknown) => reject(error instanceof Error ? error : new Error(String(error))));
  });
  granted.catch(() => undefined);
  return { granted, release: () => release() };
}

export function ownerIsSilent(): SextantError {
  return new SextantError(
    "storage/busy-elsewhere",
    "Sextant is open in another tab of this browser, which does not answer: use that one, close it, or take over here.",
  );
}
