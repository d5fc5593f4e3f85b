import { holdLife } from "../base/hold-life.ts";
import { portLink, serve, type StorageNews, type StorageStart } from "../boundary/index.ts";
import type { Handlers, StorageCalls } from "../contract/index.ts";
import { holdLease, openStorage, prepareSqlite } from "../storage/index.ts";

prepareSqlite();
let handlers: Promise<Handlers<StorageCalls>> | undefined;

async function start(takeOver: boolean) {
  const lease = await holdLease("sextant", { steal: takeOver });
  const storage = await openStorage({ where: { kind: "opfs", directory: "sextant" } });
  void lease.lost.then(async () => {
    await storage.close();
    postMessage({ type: "taken" } satisfies StorageNews);
  });
  return storage.handlers;
}

addEventListener("message", ({ data }: MessageEvent<StorageStart>) => {
  if (!handlers) holdLife(data.life, () => postMessage({ type: "alive" } satisfies StorageNews));
  serve(portLink(data.engine), (handlers ??= start(data.takeOver)));
});
