import { SextantError } from "../../contract/index.ts";

export interface LossWatch {
  /** Rejects when the device goes; never resolves. */
  readonly promise: Promise<never>;
  error: SextantError | null;
}

export function watchLoss(device: GPUDevice): LossWatch {
  const watch: LossWatch = {
    error: null,
    promise: device.lost.then(({ reason, message }) => {
      watch.error = new SextantError(
        "gpu/lost",
        "The graphics processor was taken away while it was computing. Sextant starts it again; if that repeats, choose WASM as the device.",
        { reason, message },
      );
      throw watch.error;
    }),
  };
  watch.promise.catch(() => undefined);
  return watch;
}

/** The loss may be told after what it makes fail. */
const GRACE_MS = 50;

/** Waits for work on a device. What fails on a device that is gone is told as the loss, whatever it says itself. */
export async function orLost<T>(watch: LossWatch, work: Promise<T>): Promise<T> {
  try {
    return await Promise.race([work, watch.promise]);
  } catch (error) {
    const pause = new Promise((resolve) => setTimeout(resolve, GRACE_MS));
    await Promise.race([pause, watch.promise.catch(() => undefined)]);
    throw watch.error ?? error;
  }
}
