import { SextantError } from "../../../contract/index.ts";

/** The last is asked first: a step that lacks memory makes later steps invalid, and is the reason to tell. */
const KINDS = ["validation", "internal", "out-of-memory"] as const satisfies readonly GPUErrorFilter[];

/**
 * Knows what a device refused, which it tells late, and whether it is still there. After a fault the kernel that it
 * guards may lack rows: it fails from then on, and another has to take over.
 */
export interface GpuGuard {
  readonly fault: SextantError | null;
  /** Does steps without waiting. Throws: the fault, when one is known. */
  attempt<T>(steps: () => T): T;
  /** Waits for `work` and for what the device says of all steps until now. Throws: the fault. */
  settle<T>(work: Promise<T>): Promise<T>;
}

export function guardDevice(device: GPUDevice): GpuGuard {
  let fault: SextantError | null = null;
  let heard = Promise.resolve();
  const lost = device.lost.then(({ reason, message }) => {
    fault ??= lostError({ reason, message });
  });

  const listen = (refusals: readonly Promise<GPUError | null>[]): void => {
    const answers = Promise.all(refusals).then(
      (errors) => {
        const error = errors.find((refusal) => refusal !== null);
        if (error) fault ??= toFault(error);
      },
      (error: unknown) => {
        fault ??= lostError({}, error);
      },
    );
    heard = Promise.all([heard, answers]).then(() => undefined);
  };

  return {
    get fault() {
      return fault;
    },
    attempt(steps) {
      if (fault) throw fault;
      for (const kind of KINDS) device.pushErrorScope(kind);
      try {
        return steps();
      } finally {
        listen(KINDS.map(() => device.popErrorScope()));
      }
    },
    async settle(work) {
      const done = work.then(
        (value) => ({ value }),
        // Reading fails when a refused step left nothing to read, or with the device.
        async (error: unknown) => {
          await heard;
          fault ??= lostError({}, error);
          return null;
        },
      );
      const result = await Promise.race([Promise.all([done, heard]).then(([first]) => first), lost]);
      if (fault) throw fault;
      if (!result) throw lostError({});
      return result.value;
    },
  };
}

function lostError(details: { reason?: string; message?: string }, cause?: unknown): SextantError {
  return new SextantError(
    "gpu/lost",
    "The graphics processor was taken away during a search. Search again; if that repeats, choose WASM as the device.",
    details,
    cause,
  );
}

function toFault(error: GPUError): SextantError {
  const { message } = error;
  if (error instanceof GPUOutOfMemoryError)
    return new SextantError(
      "gpu/out-of-memory",
      "The graphics processor has no memory left for this collection's vectors. Close other tabs that use it, or choose WASM as the device.",
      { message },
      error,
    );
  return new SextantError(
    "gpu/wrong-vectors",
    "The graphics processor refused a step of the search, so that its answer would be wrong. Choose WASM as the device.",
    { message },
    error,
  );
}
