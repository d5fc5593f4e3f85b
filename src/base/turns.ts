/** Urgent work goes before patient work; within a rank, first come first served. */
export type Urgency = "now" | "later";

/** Hands out turns on something that only so many can use at once, such as an inference session. */
export interface Turns {
  /** Runs `work` when its turn comes. A turn whose signal aborts while waiting is given up. */
  take<T>(urgency: Urgency, work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

export function createTurns(places = 1): Turns {
  const waiting: Record<Urgency, (() => void)[]> = { now: [], later: [] };
  let free = places;

  function next(): void {
    const start = waiting.now.shift() ?? waiting.later.shift();
    if (start === undefined) free++;
    else start();
  }

  return {
    async take(urgency, work, signal) {
      signal?.throwIfAborted();
      if (free > 0) free--;
      else
        await new Promise<void>((resolve, reject) => {
          const queue = waiting[urgency];
          const start = () => {
            signal?.removeEventListener("abort", giveUp);
            resolve();
          };
          const giveUp = () => {
            queue.splice(queue.indexOf(start), 1);
            reject(signal?.reason as Error);
          };
          signal?.addEventListener("abort", giveUp, { once: true });
          queue.push(start);
        });
      try {
        return await work();
      } finally {
        next();
      }
    },
  };
}
