/** A set of calls: what goes in, what is reported on the way, what comes out. */
export type CallMap<M> = { [N in keyof M]: { in: unknown; event: unknown; out: unknown } };

export interface CallOptions<E> {
  readonly signal?: AbortSignal;
  /** What is delivered waits for the promise that this gives; if that rejects, so does the call. */
  readonly onEvent?: (event: E) => unknown;
}

/** What a handler has of the call that it answers. */
export interface CallContext<E> {
  readonly signal: AbortSignal;
  readonly emit: (event: E) => void;
  /**
   * Emits what may come faster than the caller takes it, and settles when it has taken it.
   *
   * Throws: the signal's reason when the call ends before.
   */
  readonly deliver: (event: E) => Promise<void>;
}

/** The caller's side of a call map; every promise settles, by answer, error, abort or close. */
export type Face<M extends CallMap<M>> = {
  [N in keyof M]: (input: M[N]["in"], options?: CallOptions<M[N]["event"]>) => Promise<M[N]["out"]>;
} & { close(): Promise<void> };

/** The serving side: a call without a handler does not compile. */
export type Handlers<M extends CallMap<M>> = {
  [N in keyof M]: (input: M[N]["in"], context: CallContext<M[N]["event"]>) => Promise<M[N]["out"]>;
};
