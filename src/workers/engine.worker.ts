import { holdLife } from "../base/hold-life.ts";
import { allowOwnScripts } from "../base/own-scripts.ts";
import { connect, portLink, serve, serveTabs, type EngineStart } from "../boundary/index.ts";
import type { StorageCalls } from "../contract/index.ts";
import { createLocalEngine, createModelPart, createOpfsStore, prepareRuntime } from "../engine/index.ts";

allowOwnScripts();
prepareRuntime();
addEventListener(
  "message",
  ({ data }: MessageEvent<EngineStart>) => {
    const storage = connect<StorageCalls>(portLink(data.storage));
    const model = createModelPart({
      siteUrl: data.modelsUrl,
      store: createOpfsStore("sextant-models"),
      textDirectory: "sextant-text-models",
    });
    const { handlers } = createLocalEngine({ storage, model, device: data.device });
    holdLife(data.life, () => {
      serve(portLink(data.page), handlers);
      serveTabs(data.life, handlers);
    });
  },
  { once: true },
);
