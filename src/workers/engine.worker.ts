import { connect, portLink, serve, type EngineStart } from "../boundary/index.ts";
import type { StorageCalls } from "../contract/index.ts";
import { createLocalEngine, openModel } from "../engine/index.ts";

addEventListener(
  "message",
  ({ data }: MessageEvent<EngineStart>) => {
    const storage = connect<StorageCalls>(portLink(data.storage));
    const engine = createLocalEngine({ storage, model: openModel(data.modelsUrl), device: data.device });
    serve(portLink(data.page), engine.handlers);
  },
  { once: true },
);
