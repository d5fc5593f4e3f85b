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
  const closing = new AbortController();
  const started = Array.from({ length: count }, () => startShard(closing.signal));
  return {
    lost: Promise.race(started.map(({ gone }) => gone)).then(() => undefined),
    faces: started.map(({ worker, gone }) =>
      faceOfShard({
        post: (message) => worker.postMessage(message),
        onMessage: (listener) =>
          worker.addEventListener("message", ({ data }: MessageEvent<FromShard>) => listener(data)),
        onLost: (listener) => void gone.then(listener),
      }),
    ),
    close() {
      closing.abort();
      for (const { worker } of started) worker.terminate();
    },
  };
}

/** A shard's worker, and why it is gone when it is. */
function startShard(closing: AbortSignal): { readonly worker: Worker; readonly gone: Promise<string> } {
  const name = `sextant-shard-${crypto.randomUUID()}`;
  const worker = new Worker(new URL("./shard.worker.ts", import.meta.url), { type: "module", name });
  const gone = new Promise<string>((resolve) => {
    worker.addEventListener("error", ({ message }) => resolve(message || "it could not start"));
    worker.addEventListener("messageerror", () => resolve("a message could not be read"));
    worker.addEventListener("message", ({ data }: MessageEvent<FromShard>) => {
      if (data.type !== "alive") return;
      // A worker that is ended tells nobody, but lets go of the lock that it has of its name.
      navigator.locks
        .request(name, { signal: closing }, () => resolve("it was ended"))
        // Its owner ended it.
        .catch(() => undefined);
    });
  });
  return { worker, gone };
}
