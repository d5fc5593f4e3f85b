import { createMapDrawer } from "./map-drawer.ts";
import type { MapAsk } from "./messages.ts";

const drawer = createMapDrawer((told) => self.postMessage(told));
self.addEventListener("message", ({ data }: MessageEvent<MapAsk>) => {
  // A rejected promise does not reach the page by itself; an error does.
  drawer.take(data).catch((error: unknown) => self.reportError(error));
});
