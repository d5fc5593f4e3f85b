import type { CallMap, Handlers } from "../contract/index.ts";
import { SextantError } from "../contract/index.ts";
import { isRequest, PROTOCOL, type Link, type Reply } from "./protocol.ts";
import { transferablesOf } from "./transfer.ts";
import { errorToWire } from "./wire-error.ts";

type AnyHandler = (
  input: unknown,
  context: { signal: AbortSignal; emit: (event: unknown) => void },
) => Promise<unknown>;

/**
 * Answers the calls that come over `link`. Handlers may still be on their way: calls wait for them, and a
 * start that fails is the answer to each. When the link is lost every running call is aborted.
 */
export function serve<M extends CallMap<M>>(link: Link, handlers: Handlers<M> | Promise<Handlers<M>>): void {
  const running = new Map<number, AbortController>();
  const ready = Promise.resolve(handlers);
  ready.catch(() => undefined); // each call reports it

  const answer = async (id: number, name: string, input: unknown, signal: AbortSignal): Promise<Reply> => {
    try {
      const all = (await ready) as Readonly<Record<string, AnyHandler>>;
      const handler = Object.hasOwn(all, name) ? all[name] : undefined;
      if (!handler)
        throw new SextantError(
          "boundary/protocol",
          `The other side does not know the call “${name}”: reload.`,
        );
      signal.throwIfAborted();
      const emit = (event: unknown) => {
        if (running.has(id)) link.post({ type: "event", id, event });
      };
      return { type: "done", id, out: await handler(input, { signal, emit }) };
    } catch (error) {
      return { type: "failed", id, error: errorToWire(error) };
    }
  };

  link.onMessage((message) => {
    if (!isRequest(message)) return;
    if (message.type === "cancel") {
      running.get(message.id)?.abort();
      return;
    }
    const { id, name, input } = message;
    const stop = new AbortController();
    running.set(id, stop);
    void answer(id, name, input, stop.signal).then((reply) => {
      running.delete(id);
      try {
        link.post(reply, reply.type === "done" ? transferablesOf(reply.out) : []);
      } catch (error) {
        const unclonable = new SextantError(
          "boundary/unclonable",
          `The answer of “${name}” cannot be sent.`,
          {},
          error,
        );
        link.post({ type: "failed", id, error: errorToWire(unclonable) });
      }
    });
  });
  link.onLost(() => {
    for (const stop of running.values()) stop.abort();
    running.clear();
  });
  link.post({ type: "ready", protocol: PROTOCOL });
}
