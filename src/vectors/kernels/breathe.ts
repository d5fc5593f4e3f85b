const BUDGET_MS = 10;

/**
 * Lets waiting messages in (an abort, an appended segment) when work has gone on for a while.
 *
 * A message to oneself rather than a timer: browsers stretch nested timers to 4 ms.
 */
export function createBreather(signal: AbortSignal | undefined): () => Promise<void> | undefined {
  signal?.throwIfAborted();
  let sinceMs = performance.now();
  return () => {
    if (performance.now() - sinceMs < BUDGET_MS) return undefined;
    return new Promise<void>((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(null);
    }).then(() => {
      sinceMs = performance.now();
      signal?.throwIfAborted();
    });
  };
}
