import type { Page, Worker } from "@playwright/test";

interface Counted {
  gpuBuffers?: number;
}

/** How many of the GPU's buffers the workers of a page hold: what they made and did not give back. */
export interface BufferWatch {
  count(): Promise<number>;
}

/** Begins with the page's next worker. */
export function watchBuffers(page: Page): BufferWatch {
  const watched = new Map<Worker, Promise<void>>();
  page.on("worker", (worker) => {
    const watching = countBuffers(worker);
    watching.catch(() => undefined);
    watched.set(worker, watching);
    worker.on("close", () => watched.delete(worker));
  });
  return {
    async count() {
      let sum = 0;
      for (const [worker, watching] of watched) {
        await watching;
        sum += await worker.evaluate(() => (globalThis as Counted).gpuBuffers ?? 0);
      }
      return sum;
    },
  };
}

/** Counts what the thread makes and gives back of the GPU's buffers, from now on. */
async function countBuffers(worker: Worker): Promise<void> {
  await worker.evaluate(() => {
    const scope = globalThis as Counted;
    if (scope.gpuBuffers !== undefined || typeof GPUDevice === "undefined") return;
    scope.gpuBuffers = 0;
    const make = GPUDevice.prototype.createBuffer;
    const destroy = GPUBuffer.prototype.destroy;
    const alive = new WeakSet<GPUBuffer>();
    GPUDevice.prototype.createBuffer = function (descriptor) {
      const buffer = make.call(this, descriptor);
      alive.add(buffer);
      scope.gpuBuffers = (scope.gpuBuffers ?? 0) + 1;
      return buffer;
    };
    GPUBuffer.prototype.destroy = function () {
      if (alive.delete(this)) scope.gpuBuffers = (scope.gpuBuffers ?? 0) - 1;
      return destroy.call(this);
    };
  });
}
