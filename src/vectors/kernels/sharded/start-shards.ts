import type { FromShard } from "./protocol.ts";
import { faceOfShard, type ShardFace } from "./shard-face.ts";

/** Workers that keep parts of search matrices; kernels of several collections share them. */
export interface Shards {
  readonly faces: readonly ShardFace[];
  /** Settles when one of them is gone: then none is of use. */
  readonly lost: Promise<void>;
  close(): void;
}

/** Starts `count` workers, from a page or another worker. Needs `Worker`, which Node does not have. */
export function startShards(count: number): Shards {
  const workers = Array.from(
    { length: count },
    () =>
      new Worker(new URL("./shard.worker.ts", import.meta.url), { type: "module", name: "sextant-shard" }),
  );
  const lost = new Promise<void>((resolve) => {
    for (const worker of workers)
      for (const type of ["error", "messageerror"]) worker.addEventListener(type, () => resolve());
  });
  return {
    lost,
    faces: workers.map((worker) =>
      faceOfShard({
        post: (message) => worker.postMessage(message),
        onMessage: (listener) =>
          worker.addEventListener("message", ({ data }: MessageEvent<FromShard>) => listener(data)),
        onLost(listener) {
          worker.addEventListener("error", ({ message }) => listener(message || "it could not start"));
          worker.addEventListener("messageerror", () => listener("a message could not be read"));
        },
      }),
    ),
    close() {
      for (const worker of workers) worker.terminate();
    },
  };
}
