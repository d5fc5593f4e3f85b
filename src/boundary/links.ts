import type { Link } from "./protocol.ts";

/** What a MessagePort of any platform has in common. */
interface PortLike {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: string, listener: (event: { readonly data?: unknown }) => void): void;
  start(): void;
  close(): void;
}

/**
 * A link over one end of a MessageChannel. A message that cannot be read back counts as loss, and so does the
 * far end going away, which browsers tell by the port's `close` event.
 */
export function portLink(port: PortLike): Link & { lose(why: string): void } {
  const lost: ((why: string) => void)[] = [];
  let why: string | undefined;
  const lose = (reason: string) => {
    if (why !== undefined) return;
    why = reason;
    for (const listener of lost) listener(reason);
  };
  port.addEventListener("messageerror", () => lose("a message could not be read"));
  port.addEventListener("close", () => lose("the other side went away"));
  return {
    post: (message, transfer = []) => port.postMessage(message, [...transfer]),
    onMessage: (listener) => {
      port.addEventListener("message", (event) => listener(event.data));
      port.start();
    },
    onLost: (listener) => {
      if (why === undefined) lost.push(listener);
      else listener(why);
    },
    close: () => port.close(),
    lose,
  };
}
