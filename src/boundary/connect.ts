import type { CallMap, CallOptions, Face } from "../contract/index.ts";
import { SextantError } from "../contract/index.ts";
import { faceOf } from "./face.ts";
import { anotherVersion, isReply, PROTOCOL, type Link } from "./protocol.ts";
import { wireToError } from "./wire-error.ts";

interface Waiting {
  readonly resolve: (out: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly onEvent: ((event: unknown) => unknown) | undefined;
}

/**
 * Gives the caller's side of a call map over `link`.
 *
 * Every call settles: by its answer, its failure, abort, a lost link (`boundary/lost`) or `close`
 * (`boundary/closed`).
 */
export function connect<M extends CallMap<M>>(link: Link): Face<M> {
  const waiting = new Map<number, Waiting>();
  let nextId = 1;
  let ended: SextantError | undefined;

  function end(error: SextantError): void {
    ended ??= error;
    for (const call of waiting.values()) call.reject(ended);
    waiting.clear();
  }

  link.onMessage((message) => {
    if (!isReply(message)) return;
    if (message.type === "ready") {
      if (message.protocol !== PROTOCOL) end(anotherVersion(message.protocol));
      return;
    }
    const call = waiting.get(message.id);
    if (!call) return;
    if (message.type === "event") {
      if (message.nth === undefined) return void call.onEvent?.(message.event);
      return void take(call, message.id, message.nth, message.event);
    }
    waiting.delete(message.id);
    if (message.type === "done") call.resolve(message.out);
    else call.reject(wireToError(message.error));
  });
  link.onLost((why) => {
    end(
      new SextantError("boundary/lost", `The engine stopped (${why}). What it had stored is safe: reload.`, {
        why,
      }),
    );
  });

  /** Takes a delivery; where that fails, the call does. */
  async function take({ onEvent, reject }: Waiting, id: number, nth: number, event: unknown): Promise<void> {
    try {
      await onEvent?.(event);
      if (waiting.has(id)) link.post({ type: "heard", id, nth });
    } catch (error) {
      if (!waiting.delete(id)) return;
      link.post({ type: "cancel", id });
      reject(error);
    }
  }

  function call(name: string, input: unknown, options: CallOptions<unknown> = {}): Promise<unknown> {
    const { signal, onEvent } = options;
    return new Promise((resolve, reject) => {
      if (ended) throw ended;
      signal?.throwIfAborted();
      const id = nextId++;
      const cancel = () => {
        if (!waiting.delete(id)) return;
        link.post({ type: "cancel", id });
        reject(new SextantError("base/aborted", "Stopped.", {}, signal?.reason));
      };
      const settled =
        <T>(settle: (value: T) => void) =>
        (value: T) => {
          signal?.removeEventListener("abort", cancel);
          settle(value);
        };
      waiting.set(id, { resolve: settled(resolve), reject: settled(reject), onEvent });
      signal?.addEventListener("abort", cancel, { once: true });
      try {
        link.post({ type: "call", id, name, input });
      } catch (error) {
        waiting.delete(id);
        const message = `The input of “${name}” cannot be sent to the worker.`;
        settled(reject)(new SextantError("boundary/unclonable", message, {}, error));
      }
    });
  }

  const close = (): Promise<void> => {
    end(new SextantError("boundary/closed", "This Sextant was closed."));
    link.close();
    return Promise.resolve();
  };

  return faceOf<M>(call, close);
}
