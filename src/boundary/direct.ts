import type { CallContext, CallMap, CallOptions, Face, Handlers } from "../contract/index.ts";
import { SextantError, toSextantError } from "../contract/index.ts";
import { faceOf } from "./face.ts";

/** Calls handlers in the same thread: for Node, tests and evaluation. Same face, no messages. */
export function direct<M extends CallMap<M>>(handlers: Handlers<M>, onClose?: () => Promise<void>): Face<M> {
  const closing = new AbortController();
  type Handler = (input: unknown, context: CallContext<unknown>) => unknown;
  const call = async (name: string, input: unknown, options: CallOptions<unknown> = {}) => {
    if (closing.signal.aborted) throw new SextantError("boundary/closed", "This Sextant was closed.");
    const signal = options.signal ? AbortSignal.any([options.signal, closing.signal]) : closing.signal;
    try {
      signal.throwIfAborted();
      const handler = (handlers as Readonly<Record<string, Handler>>)[name];
      if (!handler) throw new SextantError("boundary/protocol", `There is no call “${name}”.`);
      const emit = (event: unknown) => void options.onEvent?.(event);
      const deliver = async (event: unknown): Promise<void> => {
        signal.throwIfAborted();
        await options.onEvent?.(event);
      };
      return await handler(input, { signal, emit, deliver });
    } catch (error) {
      throw toSextantError(error);
    }
  };
  const close = async () => {
    closing.abort();
    await onClose?.();
  };
  return faceOf<M>(call, close);
}
