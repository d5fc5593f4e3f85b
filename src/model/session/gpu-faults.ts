import { SextantError } from "../../contract/index.ts";
import { isMemoryError } from "./memory-error.ts";

/** The last is asked first: a step that lacks memory makes later steps invalid, and is the reason to tell. */
const KINDS = ["validation", "internal", "out-of-memory"] as const satisfies readonly GPUErrorFilter[];

export interface Attempt<T> {
  readonly value: T;
  /** Rejects when the GPU refused a step of the work, which the step itself does not tell. Never unhandled. */
  readonly accepted: Promise<void>;
}

/**
 * Does work of the runtime that puts steps into a device's queue, and listens for what the GPU refuses of it.
 *
 * A refused step computes nothing and leaves zeros, so that without this its vectors would look like vectors.
 *
 * Throws: `gpu/out-of-memory`; `gpu/wrong-vectors` when a step is refused for another reason, by GPU or runtime.
 */
export async function attemptOnGpu<T>(device: GPUDevice, work: () => Promise<T>): Promise<Attempt<T>> {
  for (const kind of KINDS) device.pushErrorScope(kind);
  const accept = async (): Promise<void> => {
    const refusals = await Promise.all(KINDS.map(() => device.popErrorScope()));
    const refusal = refusals.find((error) => error !== null);
    if (refusal) throw toFault(refusal);
  };
  try {
    const value = await work();
    const accepted = accept();
    accepted.catch(() => undefined);
    return { value, accepted };
  } catch (error) {
    await accept();
    if (error instanceof SextantError) throw error;
    throw isMemoryError(error) ? outOfMemory(String(error), error) : refused(String(error), error);
  }
}

function toFault(error: GPUError): SextantError {
  const { message } = error;
  return error instanceof GPUOutOfMemoryError ? outOfMemory(message, error) : refused(message, error);
}

function refused(message: string, cause: unknown): SextantError {
  return new SextantError(
    "gpu/wrong-vectors",
    "The graphics processor refused a step of the computation, so that its vectors would be wrong. Choose WASM as the device.",
    { message },
    cause,
  );
}

/** Throws: nothing; makes the error of an allocation that failed. */
export function outOfMemory(message: string, cause: unknown): SextantError {
  return new SextantError(
    "gpu/out-of-memory",
    "The graphics processor has no memory left for the model. Close other tabs and programs that use it, choose WASM as the device, or choose a smaller model or precision.",
    { message },
    cause,
  );
}
