import type { CallMap, CallOptions, Face } from "../contract/index.ts";

/** Turns one function for all calls into a face with a method a call. */
export function faceOf<M extends CallMap<M>>(
  call: (name: string, input: unknown, options?: CallOptions<unknown>) => Promise<unknown>,
  close: () => Promise<void>,
): Face<M> {
  return new Proxy({} as Face<M>, {
    get: (_, name) => {
      if (name === "close") return close;
      // `then` must stay undefined, or awaiting a face would call it.
      if (typeof name !== "string" || name === "then") return undefined;
      return (input: unknown, options?: CallOptions<unknown>) => call(name, input, options);
    },
  });
}
