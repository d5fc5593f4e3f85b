import { holdLife } from "../../../base/hold-life.ts";
import type { FromShard, ToShard } from "./protocol.ts";
import { serveShard } from "./serve-shard.ts";

const post = (message: FromShard): void => postMessage(message);
const take = serveShard(post);
// Nothing is answered before its owner can know of its end.
const alive = new Promise<void>((resolve) =>
  holdLife(name, () => {
    post({ type: "alive" });
    resolve();
  }),
);
addEventListener("message", ({ data }: MessageEvent<ToShard>) => void alive.then(() => take(data)));
