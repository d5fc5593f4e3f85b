import type { CallContext, CallMap, Handlers } from "../contract/index.ts";
import { SextantError } from "../contract/index.ts";
import { isRequest, PROTOCOL, type Link, type Reply } from "./protocol.ts";
import { transferablesOf } from "./transfer.ts";
import { errorToWire } from "./wire-error.ts";

type AnyHandler = (input: unknown, context: CallContext<unknown>) => Promise<unknown>;

interface Running {
  readonly stop: AbortController;
  /** Deliveries that the other side has not heard yet. */
  readonly unheard: Map<number, () => void>;
}

/**
 * Answers the calls that come over `link`. Handlers may still be on their way: calls wait for them, and a
 * start that fails is the answer to each. When the link is lost every running call is aborted.
 */
export function serve<M extends CallMap<M>>(link: Link, handlers: Handlers<M> | Promise<Handlers<M>>): void {
  const running = new Map<number, Running>();
  const ready = Promise.resolve(handlers);
  ready.catch(() => undefined); // each call reports it

  const answer = async (id: number, name: string, input: unknown, call: Running): Promise<Reply> => {
    const { signal } = call.stop;
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
      let deliveries = 0;
      const deliver = (event: unknown) =>
        new Promise<void>((resolve, reject) => {
          signal.throwIfAborted();
          const nth = deliveries++;
          const settle = (done: () => void) => () => {
            call.unheard.delete(nth);
            signal.removeEventListener("abort", cut);
            done();
          };
          const cut = settle(() => reject(signal.reason as Error));
          signal.addEventListener("abort", cut);
          call.unheard.set(nth, settle(resolve));
          link.post({ type: "event", id, event, nth });
        });
      return { type: "done", id, out: await handler(input, { signal, emit, deliver }) };
    } catch (error) {
      return { type: "failed", id, error: errorToWire(error) };
    }
  };

  link.onMessage((message) => {
    if (!isRequest(message)) return;
    if (message.type === "cancel") return running.get(message.id)?.stop.abort();
    if (message.type === "heard") return running.get(message.id)?.unheard.get(message.nth)?.();
    const { id, name, input } = message;
    const call: Running = { stop: new AbortController(), unheard: new Map() };
    running.set(id, call);
    void answer(id, name, input, call).then((reply) => {
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
    for (const { stop } of running.values()) stop.abort();
    running.clear();
  });
  link.post({ type: "ready", protocol: PROTOCOL });
}
