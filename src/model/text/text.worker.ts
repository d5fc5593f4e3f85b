import { allowOwnScripts } from "../../base/own-scripts.ts";
import { serveText } from "./serve-text.ts";
import type { FromText, ToText } from "./text-protocol.ts";

allowOwnScripts();

const take = serveText((message: FromText) => postMessage(message));
addEventListener("message", ({ data }: MessageEvent<ToText>) => take(data));
