import { createMapDrawer } from "./map-drawer.ts";
import type { MapAsk } from "./messages.ts";

const drawer = createMapDrawer((told) => self.postMessage(told));
self.addEventListener("message", ({ data }: MessageEvent<MapAsk>) => void drawer.take(data));
