/** A set of calls: what goes in, what is reported on the way, what comes out. */
export type CallMap<M> = { [N in keyof M]: { in: unknown; event: unknown; out: unknown } };

export interface CallOptions<E> {
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: E) => void;
}

/** The caller's side of a call map; every promise settles, by answer, error, abort or close. */
export type Face<M extends CallMap<M>> = {
  [N in keyof M]: (input: M[N]["in"], options?: CallOptions<M[N]["event"]>) => Promise<M[N]["out"]>;
} & { close(): Promise<void> };

/** The serving side: a call without a handler does not compile. */
export type Handlers<M extends CallMap<M>> = {
  [N in keyof M]: (
    input: M[N]["in"],
    context: { readonly signal: AbortSignal; readonly emit: (event: M[N]["event"]) => void },
  ) => Promise<M[N]["out"]>;
};
