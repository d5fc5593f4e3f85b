import type { FromShard, ToShard } from "../protocol.ts";
import { serveShard } from "../serve-shard.ts";
import { faceOfShard, type ShardFace } from "../shard-face.ts";

/** A shard that can be ended by the test. */
export interface ShardHere extends ShardFace {
  lose(why: string): void;
}

/** A shard in this thread, behind copies of its messages that arrive later and in order. */
export function shardHere(): ShardHere {
  let tell: (message: FromShard) => void = () => undefined;
  let lose: (why: string) => void = () => undefined;
  let isGone = false;
  const take = serveShard((message) => {
    const copy = structuredClone(message);
    queueMicrotask(() => tell(copy));
  });
  const face = faceOfShard({
    post(message: ToShard) {
      const copy = structuredClone(message);
      queueMicrotask(() => {
        if (!isGone) take(copy);
      });
    },
    onMessage: (listener) => (tell = listener),
    onLost: (listener) => (lose = listener),
  });
  return Object.assign(face, {
    lose(why: string) {
      isGone = true;
      lose(why);
    },
  });
}
