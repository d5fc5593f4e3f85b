/** How fast bytes come, smoothed so that the figure does not jump. */
export interface RateMeter {
  add(bytes: number): void;
  /** Bytes a second; null until there is enough to judge by. */
  bytesPerSecond(): number | null;
}

/** Shorter spans say more about the network's buffers than about its speed. */
const SPAN_MS = 500;
/** A change of speed shows by two thirds after this time. */
const MEMORY_MS = 4000;

export function createRateMeter(now: () => number = () => performance.now()): RateMeter {
  let startMs = now();
  let bytes = 0;
  let rate: number | null = null;

  function settle(): void {
    const spanMs = now() - startMs;
    if (spanMs < SPAN_MS) return;
    const found = (bytes / spanMs) * 1000;
    const weight = 1 - Math.exp(-spanMs / MEMORY_MS);
    rate = rate === null ? found : rate + weight * (found - rate);
    startMs = now();
    bytes = 0;
  }

  return {
    add(count) {
      bytes += count;
      settle();
    },
    bytesPerSecond() {
      settle();
      return rate;
    },
  };
}
