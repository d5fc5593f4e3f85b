/**
 * Lets everything that waits for the event loop go first, and goes on.
 *
 * Cost: some 20 µs. A timer of 0 ms takes 1 ms in Node and 4 ms in a browser, once it was set from another a few times.
 */
export function turnOfLoop(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(0);
  });
}
