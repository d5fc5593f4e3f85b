import type { SumAnswer, SumRequest } from "./sum.worker.ts";
import { openSum } from "./sum-pass.ts";

/** Times a plain SIMD sum over as many bytes as a scan reads: no scan can be quicker than its memory. */
export interface Bandwidth {
  /** Milliseconds of one pass. */
  pass(): number | Promise<number>;
  close(): void;
}

/** In the calling thread (0 workers), or in workers that sum their parts at the same time. */
export async function measureBandwidth(bytes: number, workers = 0): Promise<Bandwidth> {
  if (workers === 0) return { ...openSum(bytes), close: () => undefined };
  const started = Array.from({ length: workers }, () => startSum());
  await Promise.all(started.map(({ ask }) => ask({ bytes: bytes / workers })));
  return {
    async pass() {
      const startedMs = performance.now();
      await Promise.all(started.map(({ ask }) => ask({})));
      return performance.now() - startedMs;
    },
    close() {
      for (const { worker } of started) worker.terminate();
    },
  };
}

function startSum() {
  const worker = new Worker(new URL("./sum.worker.ts", import.meta.url), { type: "module" });
  const ask = (request: SumRequest) =>
    new Promise<SumAnswer>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<SumAnswer>) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message || "A sum's worker did not start."));
      worker.postMessage(request);
    });
  return { worker, ask };
}
