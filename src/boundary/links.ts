import { createLoss, type Loss } from "./loss.ts";
import type { Link } from "./protocol.ts";

/** A link that can also be told that its far end is gone, by whoever knows it. */
export type LosableLink = Link & Pick<Loss, "lose">;

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
export function portLink(port: PortLike): LosableLink {
  const { lose, onLost } = createLoss();
  port.addEventListener("messageerror", () => lose("a message could not be read"));
  port.addEventListener("close", () => lose("the other side went away"));
  return {
    post: (message, transfer = []) => port.postMessage(message, [...transfer]),
    onMessage: (listener) => {
      port.addEventListener("message", (event) => listener(event.data));
      port.start();
    },
    onLost,
    close: () => port.close(),
    lose,
  };
}

/**
 * A link to the one other place of this origin that has opened a channel of this name, in another tab for instance.
 *
 * Cost: messages are copied, nothing is transferred.
 */
export function channelLink(name: string): LosableLink {
  const channel = new BroadcastChannel(name);
  const { lose, onLost } = createLoss();
  let isOpen = true;
  channel.addEventListener("messageerror", () => lose("a message could not be read"));
  return {
    post: (message) => {
      // A closed channel throws where a closed port is silent.
      if (isOpen) channel.postMessage(message);
    },
    onMessage: (listener) => channel.addEventListener("message", (event) => listener(event.data)),
    onLost,
    close: () => {
      isOpen = false;
      channel.close();
    },
    lose,
  };
}
