/**
 * Ends the current task, so that messages which came in meanwhile are handled next.
 *
 * A CPU session computes without ever leaving the task: awaiting it alone would let no query in before the end.
 */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
