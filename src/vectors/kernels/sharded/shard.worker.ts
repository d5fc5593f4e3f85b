import type { ToShard } from "./protocol.ts";
import { serveShard } from "./serve-shard.ts";

const take = serveShard((message) => postMessage(message));
addEventListener("message", ({ data }: MessageEvent<ToShard>) => take(data));
