import { serveText } from "./serve-text.ts";
import type { FromText, ToText } from "./text-protocol.ts";

const take = serveText((message: FromText) => postMessage(message));
addEventListener("message", ({ data }: MessageEvent<ToText>) => take(data));
