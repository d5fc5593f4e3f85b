import type { Storage } from "../contract/index.ts";

/** How long what was removed can be brought back: long enough to notice a slip, short enough that deleting deletes. */
const KEPT_MS = 10 * 60 * 1000;

/** Frees what was removed when its time has come, also that of earlier visits. */
export interface Keeping {
  /** Until when something that is removed now is kept. */
  untilMs(): number;
  /** Looks anew for what is due, and when the next will be. */
  tend(): Promise<void>;
  close(): void;
}

export function createKeeping(
  storage: Pick<Storage, "removals" | "freeRemovals">,
  onFreed: () => void,
): Keeping {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;

  async function tend(): Promise<void> {
    clearTimeout(timer);
    const removals = await storage.removals({});
    const now = Date.now();
    const due = removals.filter(({ keptUntilMs }) => keptUntilMs <= now);
    if (due.length > 0) {
      await storage.freeRemovals({ removalIds: due.map(({ id }) => id) });
      onFreed();
    }
    const next = Math.min(...removals.filter((one) => !due.includes(one)).map((one) => one.keptUntilMs));
    clearTimeout(timer);
    if (isClosed || next === Infinity) return;
    timer = setTimeout(tendQuietly, next - now);
  }

  /** Nobody waits for it: what fails is due still, at the next removal or start. */
  const tendQuietly = (): void => void tend().catch(() => undefined);

  tendQuietly();
  return {
    untilMs: () => Date.now() + KEPT_MS,
    tend,
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}
